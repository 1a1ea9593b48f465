import { inTenant } from '@/lib/access/in-tenant'
import { requirePermission, type TenantScope } from '@/lib/access/scope'
import { findEvents } from './find-events'
import { slotsOf } from './redact-row'

/** Enough to recognise a value by. */
const MAX_SHOWN = 200

/** One value of an event that can be erased alone: its RFC 6901 pointer, and how it begins. */
export type ErasableValue = { pointer: string; value: string; canErase: boolean }

/** The values that an event still has. Throws `not_found`. */
export async function listSlots(scope: TenantScope, eventId: string): Promise<ErasableValue[]> {
  requirePermission(scope, 'events:read')
  const [row] = await inTenant(scope, (tx) => findEvents(tx, scope.tenantId, { eventId }))
  if (!row) return []
  return slotsOf(row).map(({ pointer, value, canErase }) => {
    const text = typeof value === 'string' ? value : JSON.stringify(value)
    return { pointer, value: text.slice(0, MAX_SHOWN), canErase }
  })
}
