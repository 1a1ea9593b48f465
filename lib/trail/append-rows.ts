import type { FlushBase } from './append-statement'
import type { EventRow } from './event-row'

/** What became of one row: its position, and whether it had been in the trail before. */
export type AppendResult = { seq: number; duplicate: boolean; id: string }

/** The parameters of the append statement for one flush. */
export type FlushParameters = [tenants: string, counts: string, rows: string]

export const rowKey = (row: EventRow) => `${row.t} ${row.id}`

const arrayLiteral = (values: Iterable<string | number>) => `{${[...values].join(',')}}`

/**
 * Appends rows with distinct ids, none of which is known, by one run of the statement. Gives the seq of each,
 * in their order. Rows keep their order within their tenant.
 */
export async function appendFresh(
  rows: EventRow[],
  run: (parameters: FlushParameters) => Promise<readonly FlushBase[]>,
): Promise<number[]> {
  const counts = new Map<string, number>()
  const places = rows.map((row) => {
    const place = counts.get(row.t) ?? 0
    counts.set(row.t, place + 1)
    row.k = place
    return place
  })
  const answer = await run([arrayLiteral(counts.keys()), arrayLiteral(counts.values()), JSON.stringify(rows)])
  const bases = new Map(answer.map(({ tenant_id, base }) => [tenant_id, Number(base)]))
  return rows.map((row, i) => {
    const base = bases.get(row.t)
    if (base === undefined) throw new Error(`tenant ${row.t} has no trail head`)
    return base + (places[i] as number)
  })
}
