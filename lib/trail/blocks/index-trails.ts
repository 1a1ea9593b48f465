import { eq, sql } from 'drizzle-orm'
import { database, type Transaction } from '@/db/client'
import { trailBlocks } from '@/db/schema/blocks'
import { isDatabaseAway } from '@/lib/errors/database-away'
import { newReference, reportError } from '@/lib/errors/report-error'
import { buildBlock } from './build-block'
import type { EncodedBlock } from './encoded-block'
import { BLOCK_EVENTS, LAYOUT_VERSION, MAX_MERGED_BYTES, MERGED_BLOCKS } from './layout'
import { mergeBlocks } from './merge-blocks'
import { readHashTerm } from './tenant-hash'

/** Tenants looked at in one go; the rest is looked at by the next run. */
const MAX_TENANTS = 64
const READ_EVENTS = 256
/** A trail that can't be indexed is tried again after so long: often enough to heal, seldom enough for the log. */
const BROKEN_MS = 10 * 60_000

/** Trails left alone, and until when (`performance.now()`). */
const broken = new Map<string, number>()

/** Tenants whose trail holds a whole block beyond those that are indexed, furthest behind first. */
async function findUnindexed(except: readonly string[]): Promise<string[]> {
  const rows = await database('index').execute<{ tenant_id: string }>(sql`
    select h.tenant_id from trail_heads h left join lateral (
      select b.first_seq + b.blocks * ${BLOCK_EVENTS}::bigint as next from trail_blocks b
      where b.tenant_id = h.tenant_id and b.layout = ${LAYOUT_VERSION} order by b.first_seq desc limit 1
    ) b on true
    where h.tenant_id <> all(${`{${except.join(',')}}`}::uuid[])
      and h.next_seq >= ${BLOCK_EVENTS} and h.next_seq - coalesce(b.next, 0) >= ${BLOCK_EVENTS}
    order by h.next_seq - coalesce(b.next, 0) desc limit ${MAX_TENANTS}`)
  return rows.map((row) => row.tenant_id)
}

/** The bodies of a block, so many at a time that the largest events take 64 MiB. */
async function* readBodies(tx: Transaction, tenantId: string, firstSeq: number): AsyncGenerator<string> {
  for (let seq = firstSeq; seq < firstSeq + BLOCK_EVENTS; seq += READ_EVENTS) {
    const rows = await tx.execute<{ body: string }>(sql`
      select body from events where tenant_id = ${tenantId}
        and seq >= ${seq} and seq < ${seq + READ_EVENTS} order by seq`)
    for (const { body } of rows) yield body
  }
}

async function insertBlock(tx: Transaction, tenantId: string, block: EncodedBlock): Promise<void> {
  await tx.insert(trailBlocks).values({ tenantId, layout: LAYOUT_VERSION, ...block })
}

/** Sixteen rows of one block each, when the last of them is there, become one; enormous ones stay as they are. */
async function mergeWhenComplete(tx: Transaction, tenantId: string, endSeq: number): Promise<void> {
  const mergedEvents = BLOCK_EVENTS * MERGED_BLOCKS
  if (endSeq % mergedEvents !== 0) return
  const isMerged = sql`${eq(trailBlocks.tenantId, tenantId)} and ${trailBlocks.firstSeq} >= ${endSeq - mergedEvents}`
  const [size] = await tx.execute<{ bytes: string }>(sql`
    select sum(length(signature) + length(directory) + length(postings) + length(words) + length(facets)) as bytes
    from trail_blocks where ${isMerged}`)
  if (Number(size?.bytes) > MAX_MERGED_BYTES) return
  const rows = await tx.delete(trailBlocks).where(isMerged).returning()
  rows.sort((x, y) => x.firstSeq - y.firstSeq)
  if (rows.length !== MERGED_BLOCKS) throw new Error(`${rows.length} blocks end at seq ${endSeq} of a trail.`)
  await insertBlock(tx, tenantId, await mergeBlocks(rows))
}

/** Builds the tenant's next block, unless another process is at it or none is complete. */
async function indexNextBlock(tenantId: string): Promise<boolean> {
  return database('index').transaction(async (tx) => {
    const [state] = await tx.execute<{ locked: boolean }>(
      sql`select pg_try_advisory_xact_lock(hashtextextended('spoor block index ' || ${tenantId}, 0)) as locked`,
    )
    if (!state?.locked) return false
    await tx.execute(
      sql`delete from trail_blocks where tenant_id = ${tenantId} and layout <> ${LAYOUT_VERSION}`,
    )
    const [built] = await tx.execute<{ next: string | null; events: string | null }>(sql`
      select max(first_seq + blocks * ${BLOCK_EVENTS}::bigint) as next, sum(blocks * ${BLOCK_EVENTS}::bigint) as events
      from trail_blocks where tenant_id = ${tenantId}`)
    const hasGap = Number(built?.next ?? 0) !== Number(built?.events ?? 0)
    if (hasGap) await tx.execute(sql`delete from trail_blocks where tenant_id = ${tenantId}`)
    const firstSeq = hasGap ? 0 : Number(built?.next ?? 0)
    const [head] = await tx.execute<{ next: string }>(
      sql`select next_seq as next from trail_heads where tenant_id = ${tenantId}`,
    )
    if (Number(head?.next ?? 0) < firstSeq + BLOCK_EVENTS) return false
    const hashTerm = await readHashTerm(tx, tenantId)
    const block = await buildBlock(firstSeq, readBodies(tx, tenantId, firstSeq), hashTerm)
    await insertBlock(tx, tenantId, block)
    await mergeWhenComplete(tx, tenantId, firstSeq + BLOCK_EVENTS)
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
