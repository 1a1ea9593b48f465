import { and, eq } from 'drizzle-orm'
import { events } from '@/db/schema/events'
import { inTenant } from '@/lib/access/in-tenant'
import { requirePermission, type TenantScope } from '@/lib/access/scope'
import { AppError } from '@/lib/errors/app-error'
import { requireLog } from './require-log'
import { writeProofs } from './write-proofs'

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

/**
 * The proof of one event under the latest checkpoint, as a C2SP tlog-proof file; of one from which values were erased
 * too. Throws `not_found`, also for another tenant's id and after retention, and `conflict` while it isn't sealed.
 */
export async function proveEvent(scope: TenantScope, id: string): Promise<string> {
  requirePermission(scope, 'events:read')
  const unknown = new AppError('not_found', `There is no event ${id.slice(0, 100)} in this trail.`)
  if (!UUID.test(id)) throw unknown
  return inTenant(scope, async (tx) => {
    const [found] = await tx
      .select({ seq: events.seq })
      .from(events)
      .where(and(eq(events.tenantId, scope.tenantId), eq(events.id, id)))
    if (!found) throw unknown
    const log = await requireLog(tx, scope.tenantId)
    if (found.seq >= log.size) throw notSealed(found.seq, log.refused)
    const proof = (await writeProofs(tx, scope.tenantId, [found.seq], log)).get(found.seq)
    if (proof !== undefined) return proof
    const message =
      'The content of this event is gone: the time for which it is kept has passed. Its leaf is proven by ' +
      `/api/v1/log/proof/inclusion?seq=${found.seq}, and whoever exported a proof before can verify it still.`
    throw new AppError('not_found', message)
  })
}

function notSealed(seq: number, refused: string | null): AppError {
  const message = `Event ${seq} is not sealed yet, so nothing proves it.`
  if (refused !== null) return new AppError('conflict', `${message} The sealer signs no more: ${refused}`)
  return new AppError('conflict', `${message} Ask again in a second.`, { retryAfterSeconds: 1 })
}
