import { inTenant } from '@/lib/access/in-tenant'
import type { TenantScope } from '@/lib/access/scope'
import type { EventInput } from '@/lib/event/event-input'
import { appendWithin } from '@/lib/trail/append-within'

export type SmallEvent = {
  login?: string
  id?: string
  targets?: EventInput['targets']
  at?: string
  origin?: string
}

/** Appends events of actors and targets, in one transaction each origin. */
export async function appendEvents(scope: TenantScope, events: readonly SmallEvent[]): Promise<void> {
  const origins = new Set(events.map(({ origin = 'token:test' }) => origin))
  for (const one of origins)
    await inTenant(scope, (tx) =>
      appendWithin(
        tx,
        scope.tenantId,
        one,
        events
          .filter(({ origin = 'token:test' }) => origin === one)
          .map(({ login, id, targets, at }) => ({
            type: 'access',
            action: 'tried',
            ...((login ?? id) !== undefined && {
              actor: { ...(login !== undefined && { login }), ...(id !== undefined && { id }) },
            }),
            ...(targets && { targets }),
            ...(at !== undefined && { occurredAt: at }),
          })),
      ),
    )
}
