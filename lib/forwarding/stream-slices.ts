import { sql } from 'drizzle-orm'
import type { Transaction } from '@/db/client'
import type { StreamKey } from '@/lib/delivery/matching-events'
import type { SeqRange } from '@/lib/trail/blocks/search-blocks'
import { type TrailFilter, trailFilterSchema } from '@/lib/trail/filter'

/** A part of the trail with the filter that judges it: `from` inclusive, `to` exclusive. */
export type Slice = SeqRange & { filter: TrailFilter }

/** A range as the versions of a destination's filter divide it, in the order of the trail. */
export async function readSlices(
  tx: Transaction,
  { tenantId, destinationId }: StreamKey,
  { from, to }: SeqRange,
): Promise<Slice[]> {
  const versions = await tx.execute<{ filter: unknown; from: number; before: number | null }>(sql`
    select filter, from_seq::float8 as from, (lead(from_seq) over (order by from_seq))::float8 as before
    from destination_filters where tenant_id = ${tenantId} and destination_id = ${destinationId} order by from_seq`)
  return versions
    .map(({ filter, ...version }) => ({
      filter: trailFilterSchema.parse(filter),
      from: Math.max(from, version.from),
      to: Math.min(to, version.before ?? to),
    }))
    .filter((slice) => slice.from < slice.to)
}

/** What of the slices lies in none of the ranges. Pure. */
export function cutOut(slices: readonly Slice[], ranges: readonly SeqRange[]): Slice[] {
  return ranges.reduce<Slice[]>(
    (left, range) =>
      left
        .flatMap((slice) => [
          { ...slice, to: Math.min(slice.to, range.from) },
          { ...slice, from: Math.max(slice.from, range.to) },
        ])
        .filter(({ from, to }) => from < to),
    [...slices],
  )
}
