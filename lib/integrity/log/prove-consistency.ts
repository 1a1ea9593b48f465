import { inTenant } from '@/lib/access/in-tenant'
import { requirePermission, type TenantScope } from '@/lib/access/scope'
import { AppError } from '@/lib/errors/app-error'
import { findCheckpoint, requireSealed } from './find-checkpoint'
import { readConsistency } from './read-ranges'
import { requireLog } from './require-log'

export type ConsistencyProof = {
  oldSize: number
  newSize: number
  /** Base64, in the order of RFC 6962. */
  proof: string[]
  /** The signed note of `newSize`; null if it wasn't kept. */
  checkpoint: string | null
}

/**
 * That the tree of `from` leaves is the beginning of that of `to`, or the latest. Throws `invalid` if it can't be,
 * `not_found` for what is not sealed.
 */
export async function proveConsistency(
  scope: TenantScope,
  { from, to }: { from: number; to?: number | undefined },
): Promise<ConsistencyProof> {
  requirePermission(scope, 'events:read')
  return inTenant(scope, async (tx) => {
    const log = await requireLog(tx, scope.tenantId)
    const newSize = to ?? log.size
    requireSealed(log, Math.max(from, newSize))
    if (from > newSize)
      throw new AppError('invalid', `from (${from}) must not be greater than to (${newSize}).`)
    const proof = await readConsistency(tx, scope.tenantId, from, newSize)
    return {
      oldSize: from,
      newSize,
      proof: proof.map((hash) => hash.toString('base64')),
      checkpoint: await findCheckpoint(tx, scope.tenantId, log, newSize),
    }
  })
}
