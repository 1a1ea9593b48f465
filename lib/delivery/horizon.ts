import { sql } from 'drizzle-orm'
import { executePrepared } from '@/db/execute-prepared'
import { type TrailFilter, trailFilterSchema } from '@/lib/trail/filter'
import type { StreamKey } from './matching-events'
import { readableHeads } from './readable-heads'

/** Filter versions in the order of the seqs from which they judge. */
export type FilterVersion = { version: number; fromSeq: number; filter: TrailFilter }

/**
 * How far a stream may read, and by what it judges, of one moment. Later versions begin behind `readable`, so it
 * stays true while it lasts; only what was sealed since is missing.
 */
export type Horizon = {
  /** Exclusive: below it everything is sealed. */
  readable: number
  /** The signed note that covers it. */
  checkpoint: string
  /** The generation of matches that events carry, all of those below `readable`; null: they carry none. */
  matches: number | null
  versions: readonly FilterVersion[]
}

export type HorizonRow = {
  readable: number
  checkpoint: string
  matches: number | null
  versions: { version: number; fromSeq: number; filter: unknown }[] | null
}

/** For a statement with the heads as `h` and the destination as `d`, and what is joined to it: the columns of one row. */
export const horizonColumns = sql.raw(`least(h.readable, m.matched_to) as readable, h.checkpoint,
  case when d.carries_matches then coalesce(m.generation, 0) end as matches`)
// With a name of its own, as streams have a `next_seq` too.
export const joinMatching =
  sql.raw(`left join (select tenant_id, next_seq as matched_to, generation from matching_state) m
  on m.tenant_id = d.tenant_id and d.carries_matches`)

/** For a statement with the heads as `h`: the versions that judge from `seq` on. */
export const versionsFrom = (tenantId: string, destinationId: string, seq: unknown) => sql`(
  select json_agg(json_build_object('version', f.version, 'fromSeq', f.from_seq, 'filter', f.filter) order by f.from_seq)
  from destination_filters f where f.tenant_id = ${tenantId}::uuid and f.destination_id = ${destinationId}::uuid
    and f.from_seq >= (select max(p.from_seq) from destination_filters p
      where p.tenant_id = ${tenantId}::uuid and p.destination_id = ${destinationId}::uuid and p.from_seq <= ${seq}))`

export function toHorizon({ versions, ...row }: HorizonRow): Horizon {
  const parsed = (versions ?? []).map(({ filter, ...version }) => ({
    ...version,
    filter: trailFilterSchema.parse(filter),
  }))
  return { ...row, versions: parsed }
}

/** What a stream that stands at `seq` may read now. */
export async function readHorizon({ tenantId, destinationId }: StreamKey, seq: number): Promise<Horizon> {
  const [row] = await executePrepared<HorizonRow>(
    'deliver',
    sql`select ${horizonColumns}, ${versionsFrom(tenantId, destinationId, sql`${seq}::bigint`)} as versions
      from ${readableHeads} h join destinations d on d.tenant_id = h.tenant_id ${joinMatching}
      where h.tenant_id = ${tenantId}::uuid and d.id = ${destinationId}::uuid`,
  )
  return row ? toHorizon(row) : { readable: 0, checkpoint: '', matches: null, versions: [] }
}

/** Which version judges the event at `seq`, and the seq before which it does and may be read (exclusive). */
export function filterInForce(
  { versions, readable }: Horizon,
  seq: number,
): (FilterVersion & { before: number }) | undefined {
  const at = versions.findLastIndex(({ fromSeq }) => fromSeq <= seq)
  const found = versions[at]
  if (!found || seq >= readable) return undefined
  return { ...found, before: Math.min(readable, versions[at + 1]?.fromSeq ?? readable) }
}
