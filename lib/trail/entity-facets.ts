import type { Transaction } from '@/db/client'
import { inTenantSnapshot } from '@/lib/access/in-tenant'
import { requirePermission, type TenantScope } from '@/lib/access/scope'
import type { ShownEntity } from '@/lib/ledger/matched/matched-event'
import { type Above, organisationsAbove } from '@/lib/ledger/matched/organisations-above'
import { isAlways, isWithin } from '@/lib/ledger/matched/periods'
import { type BehindReference, readBehind, readShownOf } from '@/lib/ledger/matched/read-behind'
import { CHUNK_EVENTS } from '@/lib/ledger/mentions/layout'
import { type Chosen, visitActors } from '@/lib/ledger/mentions/read-actors'
import { setBit } from './blocks/bitmap'
import { readColumns } from './blocks/column-cache'
import type { TrailFilter } from './filter'
import { type MatchedEvents, matchTrail } from './match-trail'

const DEFAULT_VALUES = 10

export type EntityCount = { entity: ShownEntity; count: number }

/**
 * The people and organisations that did most of what passes, counted under the whole filter but `actorEntity`, so
 * that it offers alternatives; organisations with all that is below them, as their filter is. `exact` false: at least
 * so many.
 */
export type EntityFacets = { person: EntityCount[]; organisation: EntityCount[]; exact: boolean }

/** Events beside a way to tell when each occurred, in milliseconds. */
type Part = Chosen & { timeOf: (place: number) => number }

/** Events that are in no row of the block index, by their chunks of mentions. */
function looseParts({ loose }: MatchedEvents): Part[] {
  const parts = new Map<number, Part & { times: Float64Array }>()
  for (const { seq, at } of loose) {
    const from = seq - (seq % CHUNK_EVENTS)
    let part = parts.get(from)
    if (!part) {
      const times = new Float64Array(CHUNK_EVENTS)
      part = {
        from,
        bits: new Uint32Array(CHUNK_EVENTS / 32),
        times,
        timeOf: (place) => times[place] as number,
      }
      parts.set(from, part)
    }
    setBit(part.bits, seq - from)
    part.times[seq - from] = at
  }
  return [...parts.values()]
}

/** The same events, with the times of those in the block index read. */
async function timedParts(tx: Transaction, tenantId: string, matched: MatchedEvents): Promise<Part[]> {
  const rows = matched.parts.map(({ row }) => row)
  const columns = await readColumns(tx, tenantId, rows)
  return [
    ...matched.parts.map(({ row, bits }): Part => {
      const times = columns.get(row)?.times
      return { from: row.firstSeq, bits, timeOf: (place) => times?.[place] ?? Number.NaN }
    }),
    ...looseParts(matched),
  ]
}

/** How often each reference was met. An array, because it is asked millions of times. */
class ReferenceCounts {
  private counts = new Uint32Array(4_096)

  add(reference: number): void {
    if (reference >= this.counts.length) {
      const larger = new Uint32Array(reference * 2)
      larger.set(this.counts)
      this.counts = larger
    }
    this.counts[reference] = (this.counts[reference] as number) + 1
  }

  of(reference: number): number {
    return this.counts[reference] ?? 0
  }

  references(): number[] {
    const met: number[] = []
    for (const [reference, count] of this.counts.entries()) if (count > 0) met.push(reference)
    return met
  }
}

class Tally {
  readonly person = new Map<string, number>()
  readonly organisation = new Map<string, number>()

  add(person: string | null, organisations: readonly Above[], count: number): void {
    if (person) this.person.set(person, (this.person.get(person) ?? 0) + count)
    for (const { id } of organisations) this.organisation.set(id, (this.organisation.get(id) ?? 0) + count)
  }
}

async function tally(tx: Transaction, tenantId: string, matched: MatchedEvents): Promise<Tally> {
  const counts = new ReferenceCounts()
  const parts: Chosen[] = matched.parts.map(({ row, bits }) => ({ from: row.firstSeq, bits }))
  await visitActors(tx, tenantId, [...parts, ...looseParts(matched)], (reference) => counts.add(reference))
  const behind = await readBehind(tx, tenantId, counts.references())
  const above = await organisationsAbove(tx, tenantId, organisationsOf(behind))
  const aboveOf = ({ organisation }: BehindReference) => (organisation && above.get(organisation)) || []
  const tally = new Tally()
  const bounded = new Set<number>()
  for (const [reference, segments] of behind)
    for (const segment of segments)
      if (isAlways(segment.during) && aboveOf(segment).every(({ during }) => during.every(isAlways)))
        tally.add(segment.person, aboveOf(segment), counts.of(reference))
      else bounded.add(reference)
  if (bounded.size > 0)
    // Who it was depends on when: these are looked at one by one.
    await visitActors(tx, tenantId, await timedParts(tx, tenantId, matched), (reference, part, place) => {
      if (!bounded.has(reference)) return
      const at = part.timeOf(place)
      const segment = behind.get(reference)?.find(({ during }) => isWithin([during], at))
      if (!segment) return
      const organisations = aboveOf(segment).filter(({ during }) => isWithin(during, at))
      tally.add(segment.person, organisations, 1)
    })
  return tally
}

function organisationsOf(behind: ReadonlyMap<number, readonly BehindReference[]>): string[] {
  const ids = [...behind.values()].flatMap((segments) => segments.map(({ organisation }) => organisation))
  return [...new Set(ids.filter((id) => id !== null))]
}

const mostOf = (counts: Map<string, number>, values: number): [string, number][] =>
  [...counts].sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1)).slice(0, values)

/** Who did what passes, by the ledger: events that are not matched count for nobody. */
export async function readEntityFacets(
  scope: TenantScope,
  filter: TrailFilter,
  { values = DEFAULT_VALUES }: { values?: number } = {},
): Promise<EntityFacets> {
  requirePermission(scope, 'events:read')
  const { tenantId } = scope
  return inTenantSnapshot(scope, async (tx) => {
    const matched = await matchTrail(tx, tenantId, { ...filter, actorEntity: undefined }, Date.now())
    const { person, organisation } = await tally(tx, tenantId, matched)
    const people = mostOf(person, values)
    const organisations = mostOf(organisation, values)
    const shown = await readShownOf(
      tx,
      tenantId,
      [...people, ...organisations].map(([id]) => id),
    )
    const toCounts = (most: [string, number][]): EntityCount[] =>
      most.flatMap(([id, count]) => {
        const entity = shown.get(id)
        return entity ? [{ entity, count }] : []
      })
    return { person: toCounts(people), organisation: toCounts(organisations), exact: matched.exact }
  })
}
