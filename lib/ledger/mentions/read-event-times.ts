import { sql } from 'drizzle-orm'
import type { Transaction } from '@/db/client'
import type { Range } from './mention-condition'

/** When events occurred, looked up in the trail: `ReadTimes` for where nothing else knows it. An event that is gone never did. */
export async function readEventTimes(
  tx: Transaction,
  tenantId: string,
  wanted: ReadonlyMap<Range, readonly number[]>,
): Promise<(range: Range, place: number) => number> {
  const seqs = [...wanted].flatMap(([{ from }, places]) => places.map((place) => from + place))
  const rows = await tx.execute<{ seq: number; at: number }>(sql`
    select seq::float8 as seq, (extract(epoch from occurred_at) * 1000)::float8 as at from events
    where tenant_id = ${tenantId} and seq = any(${`{${[...new Set(seqs)].join(',')}}`}::bigint[])`)
  const times = new Map(rows.map(({ seq, at }) => [seq, at]))
  return ({ from }, place) => times.get(from + place) ?? Number.NaN
}
