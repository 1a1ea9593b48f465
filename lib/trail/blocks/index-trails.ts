import { eq, sql } from 'drizzle-orm'
import { database, type Transaction } from '@/db/client'
import { trailBlocks } from '@/db/schema/blocks'
import { events } from '@/db/schema/events'
import { isDatabaseAway } from '@/lib/errors/database-away'
import { newReference, reportError } from '@/lib/errors/report-error'
import { shownBody } from '@/lib/trail/shown-body'
import { readBlockRows } from './block-row'
import { buildBlock } from './build-block'
import type { EncodedBlock } from './encoded-block'
import { BLOCK_EVENTS, LAYOUT_VERSION, MAX_MERGED_BYTES, MERGED_BLOCKS } from './layout'
import { tryLockBlocks } from './lock-blocks'
import { mergeBlocks } from './merge-blocks'
import { readHashTerm } from './tenant-hash'

/** Tenants looked at in one go; the rest is looked at by the next run. */
const MAX_TENANTS = 64
const READ_EVENTS = 256
/** A trail that can't be indexed is tried again after so long: often enough to heal, seldom enough for the log. */
const BROKEN_MS = 10 * 60_000

/** Trails left alone, and until when (`performance.now()`). */
const broken = new Map<string, number>()

/**
 * Tenants whose trail holds a whole block beyond those that are indexed, or between them, furthest behind first. Where
 * the first events are gone, the index begins with the block of the first one that is there.
 */
async function findUnindexed(except: readonly string[]): Promise<string[]> {
  const rows = await database('index').execute<{ tenant_id: string }>(sql`
    select h.tenant_id from trail_heads h cross join lateral (
      select h.first_seq - h.first_seq % ${BLOCK_EVENTS} as first
    ) f cross join lateral (
      select coalesce(max(b.first_seq + b.blocks * ${BLOCK_EVENTS}::bigint), f.first) as next,
        coalesce(sum(b.blocks), 0)::bigint * ${BLOCK_EVENTS} as events
      from trail_blocks b where b.tenant_id = h.tenant_id and b.layout = ${LAYOUT_VERSION}
    ) b
    where h.tenant_id <> all(${`{${except.join(',')}}`}::uuid[]) and h.next_seq >= ${BLOCK_EVENTS}
      and (h.next_seq - b.next >= ${BLOCK_EVENTS} or b.next - f.first > b.events)
    order by h.next_seq - b.next desc limit ${MAX_TENANTS}`)
  return rows.map((row) => row.tenant_id)
}

/** The bodies of a block, so many at a time that the largest events take 64 MiB. */
async function* readBodies(tx: Transaction, tenantId: string, firstSeq: number): AsyncGenerator<string> {
  const { body, redaction, type, action, level, receivedAt } = events
  for (let seq = firstSeq; seq < firstSeq + BLOCK_EVENTS; seq += READ_EVENTS) {
    const rows = await tx
      .select({ body, redaction, type, action, level, receivedAt })
      .from(events)
      .where(
        sql`${events.tenantId} = ${tenantId} and ${events.seq} >= ${seq} and ${events.seq} < ${seq + READ_EVENTS}`,
      )
      .orderBy(events.seq)
    for (const row of rows) yield shownBody(row)
  }
}

async function insertBlock(tx: Transaction, tenantId: string, block: EncodedBlock): Promise<void> {
  await tx.insert(trailBlocks).values({ tenantId, layout: LAYOUT_VERSION, ...block })
}

/** Sixteen rows of one block each, when all of them are there, become one; enormous ones stay as they are. */
async function mergeWhenComplete(tx: Transaction, tenantId: string, builtSeq: number): Promise<void> {
  const mergedEvents = BLOCK_EVENTS * MERGED_BLOCKS
  const firstSeq = builtSeq - (builtSeq % mergedEvents)
  const isMerged = sql`${eq(trailBlocks.tenantId, tenantId)} and ${trailBlocks.firstSeq} >= ${firstSeq}
    and ${trailBlocks.firstSeq} < ${firstSeq + mergedEvents}`
  const [size] = await tx.execute<{ rows: number; bytes: string }>(sql`
    select count(*)::int as rows,
      sum(length(signature) + length(directory) + length(postings) + length(words) + length(facets)) as bytes
    from trail_blocks where ${isMerged}`)
  if (size?.rows !== MERGED_BLOCKS || Number(size.bytes) > MAX_MERGED_BYTES) return
  const rows = await tx.delete(trailBlocks).where(isMerged).returning()
  rows.sort((x, y) => x.firstSeq - y.firstSeq)
  await insertBlock(tx, tenantId, await mergeBlocks(rows))
}

/** The first seq of the block to build next: the one behind the last, before those that are missing between others. */
async function findNextBlock(tx: Transaction, tenantId: string): Promise<number | undefined> {
  const { rows, end } = await readBlockRows(tx, tenantId)
  const [head] = await tx.execute<{ next: string }>(
    sql`select next_seq as next from trail_heads where tenant_id = ${tenantId}`,
  )
  if (Number(head?.next ?? 0) >= end + BLOCK_EVENTS) return end
  return rows.find(({ isGap }) => isGap)?.firstSeq
}

/** How many of the first events of a block retention has dropped. */
async function readGone(tx: Transaction, tenantId: string, blockSeq: number): Promise<number> {
  const [head] = await tx.execute<{ first: string }>(
    sql`select first_seq as first from trail_heads where tenant_id = ${tenantId}`,
  )
  return Math.max(0, Number(head?.first ?? 0) - blockSeq)
}

/** Builds the tenant's next block, unless another process is at it or none is complete. */
async function indexNextBlock(tenantId: string): Promise<boolean> {
  return database('index').transaction(async (tx) => {
    if (!(await tryLockBlocks(tx, tenantId))) return false
    await tx.execute(
      sql`delete from trail_blocks where tenant_id = ${tenantId} and layout <> ${LAYOUT_VERSION}`,
    )
    const firstSeq = await findNextBlock(tx, tenantId)
    if (firstSeq === undefined) return false
    const hashTerm = await readHashTerm(tx, tenantId)
    const gone = await readGone(tx, tenantId, firstSeq)
    const block = await buildBlock(firstSeq, readBodies(tx, tenantId, firstSeq), hashTerm, gone)
    await insertBlock(tx, tenantId, block)
    await mergeWhenComplete(tx, tenantId, firstSeq)
    return true
  })
}

/** A trail that can't be indexed is reported and left alone for a while: searches then read its events one by one. */
async function indexOrReport(tenantId: string): Promise<boolean> {
  try {
    return await indexNextBlock(tenantId)
  } catch (error) {
    if (isDatabaseAway(error)) throw error
    reportError(error, newReference())
    broken.set(tenantId, performance.now() + BROKEN_MS)
    return false
  }
}

/** `blocks` counts blocks of BLOCK_EVENTS events that were indexed. */
export type IndexCounts = { blocks: number }

/**
 * Indexes every complete block of every trail that is not yet, in fair shares, until nothing is left, the budget is
 * used up or the signal aborts. Safe to run in several processes at once: one of them works on a trail.
 */
export async function indexTrails({
  budgetMs,
  signal,
}: {
  budgetMs: number
  signal?: AbortSignal
}): Promise<IndexCounts> {
  const deadline = performance.now() + budgetMs
  const isOver = () => signal?.aborted || performance.now() > deadline
  for (const [tenantId, until] of broken) if (until < performance.now()) broken.delete(tenantId)
  let blocks = 0
  for (let progressed = true; progressed && !isOver(); ) {
    progressed = false
    for (const tenantId of await findUnindexed([...broken.keys()])) {
      if (isOver()) break
      if (!(await indexOrReport(tenantId))) continue
      blocks++
      progressed = true
    }
  }
  return { blocks }
}
