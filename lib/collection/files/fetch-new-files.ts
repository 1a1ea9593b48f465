import { and, eq, isNull } from 'drizzle-orm'
import { silos } from '@/db/schema/silos'
import { inTenant } from '@/lib/access/in-tenant'
import { requirePermission, type TenantScope } from '@/lib/access/scope'
import { describeOrigin } from '@/lib/collection/origins/describe-origin'
import type { FoundFile } from '@/lib/collection/origins/found-file'
import { openOrigin } from '@/lib/collection/origins/open-origin'
import type { Origin } from '@/lib/collection/origins/origin'
import { noSuchSilo, type SiloRow } from '@/lib/collection/silos/find-silo'
import { nameMatcher, reachesBelow } from '@/lib/collection/silos/match-name'
import { openSecret } from '@/lib/collection/silos/silo-secret'
import { AppError } from '@/lib/errors/app-error'
import { nameComplaint, unpackedName } from './file-name'
import { rememberFound, unknownOnes } from './found-marks'
import { clearFailure, noteFailure } from './note-failure'
import { storeFile } from './store-file'

/** `failed` stand in the silo's list as well, each with its reason. */
export type FetchedFiles = {
  fetched: number
  /** Fetched before, or the same content as another file. */
  known: number
  failed: { name: string; reason: string }[]
}

/**
 * Copies what is new in a silo's bucket or folder into the silo; for one that files are handed over to, nothing. One
 * file that fails does not stop the others. Where too many wait, the rest comes the next time. `signal` ends it at
 * once, `isOver` before the next file. Throws `not_found`, and `invalid` where the place can't be looked through.
 */
export async function fetchNewFiles(
  scope: TenantScope,
  siloId: string,
  { signal, isOver = () => false }: { signal?: AbortSignal; isOver?: () => boolean } = {},
): Promise<FetchedFiles> {
  requirePermission(scope, 'collection:write')
  const silo = await findById(scope, siloId)
  const counts: FetchedFiles = { fetched: 0, known: 0, failed: [] }
  const opened = openOrigin(silo.origin as Origin, {
    tenantSlug: scope.tenantSlug,
    owner: `${scope.tenantId} silo ${siloId}`,
    secret: openSecret(silo, silo.secretEnc),
    signal,
  })
  if (!opened) return counts
  const { pattern } = silo
  try {
    for await (const found of opened.find({
      isTaken: nameMatcher(pattern),
      reachesBelow: reachesBelow(pattern),
    })) {
      const unknown = await unknownOnes(scope, siloId, found)
      counts.known += found.length - unknown.length
      for (const file of unknown) {
        if (isOver() || signal?.aborted) return counts
        if (!(await fetchFile(scope, silo, file, counts))) return counts
      }
    }
    return counts
  } finally {
    opened.close()
  }
}

async function findById(scope: TenantScope, id: string): Promise<SiloRow> {
  const isIt = and(eq(silos.tenantId, scope.tenantId), eq(silos.id, id), isNull(silos.removedAt))
  const [silo] = await inTenant(scope, (tx) => tx.select().from(silos).where(isIt))
  if (!silo) throw noSuchSilo()
  return silo
}

/** Whether there is room for the next one. */
async function fetchFile(
  scope: TenantScope,
  silo: SiloRow,
  file: FoundFile,
  counts: FetchedFiles,
): Promise<boolean> {
  const receivedBy = describeOrigin(silo.origin as Origin)
  const { name } = file
  let isUnreadable = false
  async function* watched() {
    try {
      yield* file.read()
    } catch (error) {
      // The content may be fine, so it is fetched again the next time.
      isUnreadable = true
      throw error
    }
  }
  try {
    const complaint = nameComplaint(name, { mayHaveFolders: true })
    if (complaint) throw new AppError('invalid', complaint)
    const arrival = { name, bytes: watched(), receivedBy, from: file.place }
    const { duplicate } = await storeFile(scope, silo, arrival)
    if (duplicate) counts.known++
    else counts.fetched++
    await rememberFound(scope, silo.id, file)
    for (const shown of new Set([name, unpackedName(name)])) await clearFailure(scope, silo, shown)
  } catch (error) {
    if (!(error instanceof AppError) || error.code === 'unavailable') throw error
    if (error.code === 'conflict') return false
    counts.failed.push({ name, reason: error.message })
    await noteFailure(scope, silo, { name, receivedBy, error: error.message })
    if (!isUnreadable) await rememberFound(scope, silo.id, file)
  }
  return true
}
