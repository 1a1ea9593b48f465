import { sql } from 'drizzle-orm'
import type { Transaction } from '@/db/client'
import type { TenantScope } from '@/lib/access/scope'
import { settleRejects, writeRejects } from '@/lib/collection/rejects/write-rejects'
import { appendFound, findFresh } from './append-collected'
import { commitAppended } from './commit-appended'
import { LEASE_SECONDS, type LeasedRun } from './lease-run'
import type { MappedRows } from './map-rows'
import type { RunCounts } from './run-view'
import { StopRun } from './stop-run'

/** Rows of a file that had been rejected, ready to be committed. `bytes` are those of their texts. */
export type RetriedRows = { fileId: string; lines: number[]; bytes: number; mapped: MappedRows }

/**
 * Commits rows that were tried again as one transaction. Each row's own state says whether that was done, so killed
 * anywhere none is collected twice or forgotten. Throws `StopRun` where the run is not ours any more, or was cancelled.
 */
export function commitRejects(scope: TenantScope, run: LeasedRun, rows: RetriedRows): Promise<RunCounts> {
  return commitAppended(scope, rows.mapped.events, (tx) => writeRetried(tx, scope.tenantId, run, rows))
}

async function writeRetried(tx: Transaction, tenantId: string, run: LeasedRun, retried: RetriedRows) {
  const { fileId, lines, bytes, mapped } = retried
  const { events, rejects, filtered } = mapped
  const fresh = await findFresh(tx, events)
  const counts: RunCounts = {
    rows: lines.length,
    collected: fresh.length,
    duplicates: events.length - fresh.length,
    filtered,
    rejected: rejects.length,
  }
  await advance(tx, tenantId, run, { fileId, bytes, counts })
  const runKey = { tenantId, siloId: run.silo.id, runId: run.id }
  await writeRejects(
    tx,
    runKey,
    rejects.map((row) => ({ fileId, ...row })),
  )
  // Lines of others in between were rejected by this run, can't be tried again, or wait for a later page.
  await settleRejects(tx, { ...runKey, fileId, lines })
  return { counts, trailEnd: await appendFound(tx, fresh) }
}

async function advance(
  tx: Transaction,
  tenantId: string,
  run: LeasedRun,
  { fileId, bytes, counts }: { fileId: string; bytes: number; counts: RunCounts },
): Promise<void> {
  const { rows, collected, duplicates, filtered, rejected } = counts
  const settled = sql`collected = collected + ${collected}, duplicates = duplicates + ${duplicates},
    filtered = filtered + ${filtered}`
  const [held] = await tx.execute<{ cancelledBy: string | null }>(sql`
    update collection_runs set rows = rows + ${rows}, ${settled}, rejected = rejected + ${rejected},
      read_bytes = read_bytes + ${bytes}, file_id = ${fileId},
      lease_until = now() + ${LEASE_SECONDS}::int * interval '1 s'
    where tenant_id = ${tenantId} and id = ${run.id} and lease_token = ${run.leaseToken} and state = 'running'
    returning cancelled_by as "cancelledBy"`)
  if (!held) throw new StopRun('lost')
  if (held.cancelledBy !== null) throw new StopRun('cancelled')
  await tx.execute(sql`
    update silo_files set ${settled}, rejected = rejected - ${rows - rejected}
    where tenant_id = ${tenantId} and id = ${fileId}`)
}
