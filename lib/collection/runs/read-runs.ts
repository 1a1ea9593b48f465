import { and, eq, type SQL, sql } from 'drizzle-orm'
import type { Transaction } from '@/db/client'
import { collectionRuns, planExecutions, siloFiles, silos } from '@/db/schema/silos'
import { AppError } from '@/lib/errors/app-error'
import type { RunVersions, RunView } from './run-view'

const r = collectionRuns

/** Runs that fit, latest first. */
export async function readRuns(
  tx: Transaction,
  tenantId: string,
  { where, limit, order }: { where: SQL | undefined; limit?: number; order?: SQL[] },
): Promise<RunView[]> {
  const query = tx
    .select({
      run: r,
      silo: silos.name,
      fileName: siloFiles.name,
      planId: planExecutions.planId,
    })
    .from(r)
    .innerJoin(silos, and(eq(silos.tenantId, r.tenantId), eq(silos.id, r.siloId)))
    .leftJoin(siloFiles, and(eq(siloFiles.tenantId, r.tenantId), eq(siloFiles.id, r.fileId)))
    .leftJoin(
      planExecutions,
      and(eq(planExecutions.tenantId, r.tenantId), eq(planExecutions.id, r.executionId)),
    )
    .where(and(eq(r.tenantId, tenantId), where))
    .orderBy(...(order ?? [sql`${r.requestedAt} desc, ${r.id} desc`]))
  const rows = await (limit === undefined ? query : query.limit(limit))
  return rows.map(({ run, silo, fileName, planId }) => ({
    id: run.id,
    silo,
    kind: run.kind,
    state: run.state,
    requestedBy: run.requestedBy,
    requestedAt: run.requestedAt,
    startedAt: run.startedAt,
    endedAt: run.endedAt,
    cancelledBy: run.cancelledBy,
    versions: run.versions as RunVersions | null,
    files: run.files,
    failedFiles: run.failedFiles,
    currentFile: run.fileId !== null && fileName !== null ? { id: run.fileId, name: fileName } : null,
    totalBytes: run.totalBytes,
    readBytes: run.readBytes,
    rows: run.rows,
    collected: run.collected,
    duplicates: run.duplicates,
    filtered: run.filtered,
    rejected: run.rejected,
    error: run.error,
    planId,
    executionId: run.executionId,
  }))
}

/** One of them. Throws `not_found`. */
export async function readRun(tx: Transaction, tenantId: string, id: string): Promise<RunView> {
  const [run] = await readRuns(tx, tenantId, { where: eq(r.id, id), limit: 1 })
  if (!run) throw new AppError('not_found', 'There is no such run.')
  return run
}
