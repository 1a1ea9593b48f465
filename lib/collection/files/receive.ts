import { inTenant } from '@/lib/access/in-tenant'
import { requirePermission, type TenantScope } from '@/lib/access/scope'
import { requestRun } from '@/lib/collection/runs/request'
import { readSilo, type SiloRow } from '@/lib/collection/silos/find-silo'
import { nameMatcher } from '@/lib/collection/silos/match-name'
import { AppError } from '@/lib/errors/app-error'
import { whileArriving } from './arrivals'
import { nameComplaint } from './file-name'
import { type StoredFile, storeFile } from './store-file'

export type ReceiveFile = {
  silo: string
  name: string
  /** Read to its end, or ended where the file is refused. */
  bytes: AsyncIterable<Uint8Array>
}

/**
 * Takes a file that is handed over, gzip or not, in constant memory. Of content that the silo has already nothing is
 * kept: `duplicate`, with the file that was there. A silo that collects at once is asked for a run. Throws
 * `not_found`, `invalid` for a name that the silo doesn't take and for what is no table of rows, `too_large`,
 * `conflict` where too many files wait, and `rate_limited` where too many are on their way.
 */
export async function receiveFile(
  scope: TenantScope,
  { silo: name, ...given }: ReceiveFile,
): Promise<StoredFile> {
  requirePermission(scope, 'collection:write')
  const silo = await inTenant(scope, (tx) => readSilo(tx, scope, name))
  checkName(silo, given.name)
  const stored = await whileArriving(scope.tenantId, () =>
    storeFile(scope, silo, { ...given, receivedBy: scope.principal.login }),
  )
  if (silo.collectsAtOnce && !stored.duplicate) await collectSoon(scope, name)
  return stored
}

function checkName({ name: silo, pattern }: SiloRow, name: string): void {
  const complaint =
    nameComplaint(name) ??
    (nameMatcher(pattern)(name)
      ? undefined
      : `The silo ${silo} takes files that are named like ${pattern}. Rename the file, or change the silo.`)
  if (!complaint) return
  const violations = [{ pointer: '/name', code: 'invalid', detail: complaint }]
  throw new AppError('invalid', complaint, { violations })
}

/** A run that is open comes to the file as well, and a silo without a line gets one first. */
async function collectSoon(scope: TenantScope, silo: string): Promise<void> {
  try {
    await requestRun(scope, { silo, kind: 'files' })
  } catch (error) {
    if (!(error instanceof AppError)) throw error
  }
}
