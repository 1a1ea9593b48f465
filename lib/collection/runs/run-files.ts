import { and, eq, inArray, sql } from 'drizzle-orm'
import type { Transaction } from '@/db/client'
import { collectionRuns, siloFiles } from '@/db/schema/silos'
import { inTenant } from '@/lib/access/in-tenant'
import type { TenantScope } from '@/lib/access/scope'
import type { Reading } from '@/lib/collection/reading/reading'
import { isHeld, type LeasedRun, leaseEnd } from './lease-run'
import { StopRun } from './stop-run'

const r = collectionRuns
const f = siloFiles

/** A file that waits, and how far it is. */
export type WaitingFile = {
  id: string
  name: string
  bytes: number
  sha256: string
  readBytes: number
  readLines: number
  /** How it was read so far; null before its first row. */
  reading: Reading | null
  header: string[] | null
  /** Rows of it were rejected by earlier runs, and may be events now. */
  settles: boolean
}

/** Changes a run's row while it is ours. Throws `StopRun` if it is not, or was cancelled. */
export async function changeRun(
  tx: Transaction,
  { tenantId }: TenantScope,
  run: LeasedRun,
  values: Parameters<ReturnType<typeof tx.update<typeof r>>['set']>[0],
): Promise<void> {
  const [held] = await tx
    .update(r)
    .set({ ...values, leaseUntil: leaseEnd })
    .where(isHeld(tenantId, run))
    .returning({ cancelledBy: r.cancelledBy })
  if (!held) throw new StopRun('lost')
  if (held.cancelledBy !== null) throw new StopRun('cancelled')
}

/** One that was removed meanwhile counts as arriving, and must not come back. */
const isAt = (tenantId: string, id: string) =>
  and(eq(f.tenantId, tenantId), eq(f.id, id), inArray(f.state, ['new', 'collecting']))

const waitsIn = (tenantId: string, siloId: string) =>
  and(eq(f.tenantId, tenantId), eq(f.siloId, siloId), inArray(f.state, ['new', 'collecting']))

/** The silo's next file in the order of names, which the run is at from now on; undefined if none waits. */
export async function takeNextFile(scope: TenantScope, run: LeasedRun): Promise<WaitingFile | undefined> {
  const { tenantId } = scope
  return inTenant(scope, async (tx) => {
    const waits = waitsIn(tenantId, run.silo.id)
    const [file] = await tx
      .select({
        id: f.id,
        name: f.name,
        bytes: f.bytes,
        sha256: f.sha256,
        readBytes: f.readBytes,
        readLines: f.readLines,
        reading: f.reading,
        header: f.header,
        // By the order of the key: a mere `exists` is looked for through the rejects of all workspaces.
        settles: sql<boolean>`(select j.line from collection_rejects j where j.tenant_id = ${f.tenantId}
          and j.file_id = ${f.id} and j.state = 'open' and j.run_id <> ${run.id}
          order by j.tenant_id, j.file_id, j.line limit 1) is not null`,
      })
      .from(f)
      .where(waits)
      .orderBy(f.name, f.id)
      .limit(1)
    const left = tx
      .select({ bytes: sql`coalesce(sum(${f.bytes} - ${f.readBytes}), 0)` })
      .from(f)
      .where(waits)
    await changeRun(tx, scope, run, { fileId: file?.id ?? null, totalBytes: sql`${r.readBytes} + (${left})` })
    if (!file) return undefined
    const { sha256, reading, ...rest } = file
    if (!sha256) throw new Error('a file that waits has no hash')
    return { ...rest, sha256: sha256.toString('hex'), reading: reading as Reading | null }
  })
}

/** Keeps how a file is read, before its first row. */
export async function noteReading(
  scope: TenantScope,
  { id }: WaitingFile,
  reading: Reading,
  header: readonly string[] | null,
): Promise<void> {
  await inTenant(scope, (tx) =>
    tx
      .update(f)
      .set({ reading, header: header && [...header] })
      .where(isAt(scope.tenantId, id)),
  )
}

/** The file is read to its end; what is left of it are blank lines. */
export async function finishFile(scope: TenantScope, run: LeasedRun, id: string): Promise<void> {
  await inTenant(scope, async (tx) => {
    const isIt = isAt(scope.tenantId, id)
    const left = tx
      .select({ bytes: sql`${f.bytes} - ${f.readBytes}` })
      .from(f)
      .where(isIt)
    await changeRun(tx, scope, run, {
      files: sql`${r.files} + 1`,
      readBytes: sql`${r.readBytes} + coalesce((${left}), 0)`,
    })
    await tx
      .update(f)
      .set({ state: 'collected', readBytes: sql`${f.bytes}`, collectedAt: sql`now()`, error: null })
      .where(isIt)
  })
}

/** The file can't be read on, for a reason that people are shown. It waits again in the next run. */
export async function failFile(scope: TenantScope, run: LeasedRun, id: string, error: string): Promise<void> {
  await inTenant(scope, async (tx) => {
    await changeRun(tx, scope, run, { failedFiles: sql`${r.failedFiles} + 1` })
    await tx.update(f).set({ state: 'failed', error }).where(isAt(scope.tenantId, id))
  })
}

/** Whether a file came since the last look. */
export async function hasWaitingFile(tx: Transaction, tenantId: string, siloId: string): Promise<boolean> {
  const found = await tx.select({ id: f.id }).from(f).where(waitsIn(tenantId, siloId)).limit(1)
  return found.length > 0
}
