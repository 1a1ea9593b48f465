import type { Transaction } from '@/db/client'
import type { FacetName } from '@/lib/trail/facet-names'
import { type BlockRow, eventsOf, readWhole } from './block-row'
import { type Column, decodeFacets, decodeTimes } from './columns'

/** The decoded columns of a row of the block index. */
export type RowColumns = { times: Float64Array; facets: Record<FacetName, Column> }

/** Four million events of an ordinary trail: what the readers of a day look at, and little beside a server's memory. */
const MAX_CACHED_BYTES = 96 * 1024 * 1024
/** Eight bytes for the time and two for each of seven codes; the values themselves are few. */
const BYTES_PER_EVENT = 22

type Cache = { columns: Map<string, RowColumns>; bytes: number }
// On globalThis: the server's own modules and Next's bundles are loaded side by side in one process.
const store = globalThis as unknown as { spoorColumns?: Cache }
store.spoorColumns ??= { columns: new Map(), bytes: 0 }
const cache = store.spoorColumns

/** A row never changes: a merged one has more blocks, and an erased trail's id is not used again. */
const keyOf = (tenantId: string, { firstSeq, blocks }: BlockRow) => `${tenantId} ${firstSeq} ${blocks}`

function keep(key: string, row: BlockRow, columns: RowColumns): void {
  cache.columns.set(key, columns)
  cache.bytes += eventsOf(row) * BYTES_PER_EVENT
  for (const [oldest, { times }] of cache.columns) {
    if (cache.bytes <= MAX_CACHED_BYTES) break
    cache.columns.delete(oldest)
    cache.bytes -= times.length * BYTES_PER_EVENT
  }
}

/** The columns of these rows, from memory where they were read lately. */
export async function readColumns(
  tx: Transaction,
  tenantId: string,
  rows: readonly BlockRow[],
): Promise<Map<BlockRow, RowColumns>> {
  const found = new Map<BlockRow, RowColumns>()
  const missing: BlockRow[] = []
  for (const row of rows) {
    const key = keyOf(tenantId, row)
    const columns = cache.columns.get(key)
    if (!columns) {
      missing.push(row)
      continue
    }
    // Last used, last dropped.
    cache.columns.delete(key)
    cache.columns.set(key, columns)
    found.set(row, columns)
  }
  const [times, facets] = await Promise.all([
    readWhole(tx, tenantId, 'times', missing),
    readWhole(tx, tenantId, 'facets', missing),
  ])
  for (const row of missing) {
    const columns = {
      times: decodeTimes(times.get(row) as Buffer, row.blocks),
      facets: decodeFacets(facets.get(row) as Buffer, eventsOf(row)),
    }
    found.set(row, columns)
    keep(keyOf(tenantId, row), row, columns)
  }
  return found
}
