import type { Transaction } from '@/db/client'
import type { TenantScope } from '@/lib/access/scope'
import { OWN_CODES, type OwnCodeName } from '@/lib/catalog/own-codes'
import type { EventInput } from '@/lib/event/event-input'
import { appendWithin } from '@/lib/trail/append-within'

type Particulars = Pick<
  EventInput,
  'message' | 'status' | 'targets' | 'oldValue' | 'newValue' | 'data' | 'count'
>

/**
 * Puts an action of our own into the tenant's trail, in the transaction that does it. Never hand it a secret:
 * `data`, `oldValue` and `newValue` are read by every reader of the trail.
 */
export async function recordEvent(
  tx: Transaction,
  scope: TenantScope,
  code: OwnCodeName,
  particulars: Particulars = {},
): Promise<void> {
  const { type, action, level, status, meaning } = OWN_CODES[code]
  const { principal, client } = scope
  await appendWithin(tx, scope.tenantId, `${principal.kind === 'user' ? 'console' : 'system'}`, [
    {
      type,
      action,
      level,
      status,
      code,
      message: meaning,
      source: scope.surface,
      actor: {
        login: principal.login,
        ...(principal.id && { id: principal.id }),
        type: principal.kind,
        ...(principal.name && { identity: principal.name }),
        ...(principal.sessionId && { sessionId: principal.sessionId }),
        ...(client.ip && { ip: client.ip }),
        ...(client.userAgent && { userAgent: client.userAgent }),
      },
      ...particulars,
    },
  ])
}
