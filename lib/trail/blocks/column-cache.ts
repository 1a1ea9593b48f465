import type { Transaction } from '@/db/client'
import type { FacetName } from '@/lib/trail/facet-names'
import { type BlockRow, eventsOf, readWhole } from './block-row'
import { type Column, decodeFacets, decodeTimes } from './columns'

/** The decoded columns of a row of the block index. */
export type RowColumns = { times: Float64Array; facets: Record<FacetName, Column> }

/** Four million events of an ordinary trail: what the readers of a day look at, and little beside a server's memory. */
const MAX_CACHED_BYTES = 96 * 1024 * 1024
/** Eight bytes for the time and two for each of seven codes. */
const BYTES_PER_EVENT = 22
/** What a text takes besides its characters. */
const BYTES_PER_VALUE = 32

type Kept = RowColumns & { build: number; bytes: number }
type Cache = { columns: Map<string, Kept>; bytes: number }
// On globalThis: the server's own modules and Next's bundles are loaded side by side in one process.
const store = globalThis as unknown as { spoorColumns?: Cache }
store.spoorColumns ??= { columns: new Map(), bytes: 0 }
const cache = store.spoorColumns

/** Where a row stands, and not which build it is: one that was built anew takes the place of what was erased. */
const keyOf = (tenantId: string, { firstSeq, blocks }: BlockRow) => `${tenantId} ${firstSeq} ${blocks}`

/** Usually the values are few, but a tenant may send another one with each event. */
function bytesOf({ times, facets }: RowColumns): number {
  let bytes = times.length * BYTES_PER_EVENT
  for (const { values } of Object.values(facets))
    for (const value of values) bytes += BYTES_PER_VALUE + (value?.length ?? 0) * 2
  return bytes
}

function keep(key: string, build: number, columns: RowColumns): void {
  const bytes = bytesOf(columns)
  // Somebody else may have read the same row at the same time.
  cache.bytes += bytes - (cache.columns.get(key)?.bytes ?? 0)
  cache.columns.set(key, { ...columns, build, bytes })
  for (const [oldest, kept] of cache.columns) {
    if (cache.bytes <= MAX_CACHED_BYTES) break
    cache.columns.delete(oldest)
    cache.bytes -= kept.bytes
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
    if (columns?.build !== row.build) {
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
    keep(keyOf(tenantId, row), row.build, columns)
  }
  return found
}
