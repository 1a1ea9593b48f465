import { inTenant } from '@/lib/access/in-tenant'
import { requirePermission, type TenantScope } from '@/lib/access/scope'
import { AppError } from '@/lib/errors/app-error'
import { inclusionRanges } from '@/lib/integrity/tree/proof-ranges'
import { findCheckpoint, requireSealed } from './find-checkpoint'
import { readRanges } from './read-ranges'
import { requireLog } from './require-log'

export type InclusionProof = {
  index: number
  size: number
  /** Hex, as everywhere beside an event. */
  leafHash: string
  /** Base64, from the leaf up. */
  proof: string[]
  /** The signed note of `size`; null if it wasn't kept. */
  checkpoint: string | null
}

/**
 * That the leaf of an event, also of one that is gone by retention, is in the sealed tree: that of `size`, or the
 * latest. Throws `not_found` for what is not sealed.
 */
export async function proveInclusion(
  scope: TenantScope,
  { seq, size }: { seq: number; size?: number | undefined },
): Promise<InclusionProof> {
  requirePermission(scope, 'events:read')
  return inTenant(scope, async (tx) => {
    const log = await requireLog(tx, scope.tenantId)
    const of = size ?? log.size
    requireSealed(log, of)
    if (seq >= of) {
      const message = `The tree of ${of} events has none with the seq ${seq}. What was sent just now is sealed within a second.`
      throw new AppError('not_found', message)
    }
    const ranges = [...inclusionRanges(seq, of), { start: seq, end: seq + 1 }]
    const hashes = await readRanges(tx, scope.tenantId, ranges, of)
    const leaf = hashes.pop() as Buffer
    return {
      index: seq,
      size: of,
      leafHash: leaf.toString('hex'),
      proof: hashes.map((hash) => hash.toString('base64')),
      checkpoint: await findCheckpoint(tx, scope.tenantId, log, of),
    }
  })
}
