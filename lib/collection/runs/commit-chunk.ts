import { sql } from 'drizzle-orm'
import type { Transaction } from '@/db/client'
import type { TenantScope } from '@/lib/access/scope'
import { settleRejects, writeRejects } from '@/lib/collection/rejects/write-rejects'
import { appendFound, findFresh, type Trust } from './append-collected'
import { commitAppended } from './commit-appended'
import { LEASE_SECONDS, type LeasedRun } from './lease-run'
import type { MappedRows } from './map-rows'
import type { RunCounts } from './run-view'
import { StopRun } from './stop-run'

/** How far a file is read: bytes of its content and lines. */
export type Position = { byte: number; line: number }

/** A piece of a file, ready to be committed. `settles`: rows of the file were rejected by earlier runs. */
export type Chunk = { fileId: string; from: Position; to: Position; settles: boolean; mapped: MappedRows }

/**
 * Commits a chunk as one transaction: how far run and file are, what was rejected, and last the events. So whoever is
 * killed has done a chunk whole or not at all. Throws `StopRun` where the run is not ours any more, or was cancelled.
 */
export async function commitChunk(
  scope: TenantScope,
  run: LeasedRun,
  chunk: Chunk,
  trust: Trust,
): Promise<RunCounts> {
  const doubt = () => {
    trust.cleanChunks = 0
  }
  const write = (tx: Transaction) => writeChunk(tx, scope.tenantId, run, { ...chunk, trust })
  const counts = await commitAppended(scope, chunk.mapped.events, write, doubt)
  trust.cleanChunks = counts.duplicates > 0 ? 0 : trust.cleanChunks + 1
  return counts
}

async function writeChunk(
  tx: Transaction,
  tenantId: string,
  run: LeasedRun,
  chunk: Chunk & { trust: Trust },
) {
  const { fileId, from, to, mapped, trust } = chunk
  const { events, rejects, filtered } = mapped
  const fresh = await findFresh(tx, events, trust)
  const counts: RunCounts = {
    rows: events.length + rejects.length + filtered,
    collected: fresh.length,
    duplicates: events.length - fresh.length,
    filtered,
    rejected: rejects.length,
  }
  const isPlain = rejects.length === 0 && !chunk.settles
  // Both on their way at once; PostgreSQL does them in this order. Rejects lock rows, and the trail's counter is last.
  if (isPlain) {
    const [, trailEnd] = await Promise.all([
      advance(tx, tenantId, run, chunk, counts),
      appendFound(tx, fresh),
    ])
    return { counts, trailEnd }
  }
  await advance(tx, tenantId, run, chunk, counts)
  const runKey = { tenantId, siloId: run.silo.id, runId: run.id }
  await writeRejects(
    tx,
    runKey,
    rejects.map((row) => ({ fileId, ...row })),
  )
  if (chunk.settles)
    await settleRejects(tx, { ...runKey, fileId, fromLine: from.line + 1, throughLine: to.line })
  return { counts, trailEnd: await appendFound(tx, fresh) }
}

type Advanced = { held: boolean; moved: boolean; cancelledBy: string | null }

/** Moves run and file on, if both are where this chunk begins. */
async function advance(
  tx: Transaction,
  tenantId: string,
  run: LeasedRun,
  { fileId, from, to }: Chunk,
  counts: RunCounts,
): Promise<void> {
  const { rows, collected, duplicates, filtered, rejected } = counts
  const added = sql`rows = rows + ${rows}, collected = collected + ${collected}, duplicates = duplicates + ${duplicates},
    filtered = filtered + ${filtered}, rejected = rejected + ${rejected}`
  const [found] = await tx.execute<Advanced>(sql`
    with run as (
      update collection_runs set ${added}, read_bytes = read_bytes + ${to.byte - from.byte},
        lease_until = now() + ${LEASE_SECONDS}::int * interval '1 s'
      where tenant_id = ${tenantId} and id = ${run.id} and lease_token = ${run.leaseToken} and state = 'running'
      returning cancelled_by
    ), file as (
      update silo_files set ${added}, read_bytes = ${to.byte}, read_lines = ${to.line}, state = 'collecting'
      where tenant_id = ${tenantId} and id = ${fileId} and read_bytes = ${from.byte}
        and state in ('new', 'collecting') and exists (select from run)
      returning 1
    )
    select exists (select from run) as held, exists (select from file) as moved,
      (select cancelled_by from run) as "cancelledBy"`)
  if (!found?.held || !found.moved) throw new StopRun('lost')
  if (found.cancelledBy !== null) throw new StopRun('cancelled')
}
