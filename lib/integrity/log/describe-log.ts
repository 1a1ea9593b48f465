import { inTenant } from '@/lib/access/in-tenant'
import { requirePermission, type TenantScope } from '@/lib/access/scope'
import { logUrl } from './log-url'
import { requireLog } from './require-log'

export type LogDescription = {
  logId: string
  epoch: number
  origin: string
  /** Below it are `/checkpoint` and `/tile/…`. */
  url: string
  size: number
  /** Base64, as in the checkpoint. */
  root: string
  checkpoint: string
  signedAt: string
  firstSeq: number
  refused: string | null
}

/** The tenant's log as it stands. Throws `unavailable` while it isn't open. */
export async function describeLog(scope: TenantScope): Promise<LogDescription> {
  requirePermission(scope, 'events:read')
  const log = await inTenant(scope, (tx) => requireLog(tx, scope.tenantId))
  const { logId, epoch, origin, size, root, note, signedAt, firstSeq, refused } = log
  return {
    logId,
    epoch,
    origin,
    url: logUrl(origin),
    size,
    root: root.toString('base64'),
    checkpoint: note,
    signedAt: signedAt.toISOString(),
    firstSeq,
    refused,
  }
}
