import type { Transaction } from '@/db/client'
import { LEVELS, type Level } from '@/lib/event/levels'
import type { Bitmap } from './blocks/bitmap'
import type { BlockRow } from './blocks/block-row'
import { type RowColumns, readColumns } from './blocks/column-cache'
import type { FacetName } from './facet-names'
import type { MatchedEvents } from './match-trail'

/** Calls `visit` with the place of every bit that is set. */
function eachPlace(bits: Bitmap, visit: (place: number) => void): void {
  for (let i = 0; i < bits.length; i++) {
    let word = bits[i] as number
    while (word !== 0) {
      visit(i * 32 + 31 - Math.clz32(word & -word))
      word &= word - 1
    }
  }
}

/** Matched events beside the columns that they are counted by. */
export type Tally = { matched: MatchedEvents; columns: Map<BlockRow, RowColumns> }

export async function readTally(tx: Transaction, tenantId: string, matched: MatchedEvents): Promise<Tally> {
  return {
    matched,
    columns: await readColumns(
      tx,
      tenantId,
      matched.parts.map(({ row }) => row),
    ),
  }
}

/** How many of the events have each value of a facet; events without one are not counted. */
export function tallyFacet({ matched, columns }: Tally, name: FacetName): Map<string, number> {
  const counts = new Map<string, number>()
  const add = (value: string | null | undefined, count: number) => {
    if (count > 0 && typeof value === 'string') counts.set(value, (counts.get(value) ?? 0) + count)
  }
  for (const { row, bits } of matched.parts) {
    const { values, codes } = (columns.get(row) as RowColumns).facets[name]
    const ofCode = new Uint32Array(values.length)
    eachPlace(bits, (place) => {
      const code = codes[place] as number
      ofCode[code] = (ofCode[code] as number) + 1
    })
    for (const [code, count] of ofCode.entries()) add(values[code], count)
  }
  for (const event of matched.loose) add(event[name], 1)
  return counts
}

/** Earliest and latest `occurredAt` of the events, in milliseconds; null if there are none. */
export function tallySpan({ matched, columns }: Tally): { first: number; last: number } | null {
  let first = Number.POSITIVE_INFINITY
  let last = Number.NEGATIVE_INFINITY
  const note = (at: number) => {
    if (at < first) first = at
    if (at > last) last = at
  }
  for (const { row, bits } of matched.parts) {
    const { times } = columns.get(row) as RowColumns
    eachPlace(bits, (place) => note(times[place] as number))
  }
  for (const { at } of matched.loose) note(at)
  return first <= last ? { first, last } : null
}

/** Events by level in `bars` steps of `stepMs` from `start` on; those outside are left out. */
export function tallyTimes(
  { matched, columns }: Tally,
  start: number,
  stepMs: number,
  bars: number,
): Uint32Array[] {
  const counts = LEVELS.map(() => new Uint32Array(bars))
  const add = (level: number, at: number) => {
    const bar = Math.floor((at - start) / stepMs)
    const ofLevel = counts[level]
    if (ofLevel && bar >= 0 && bar < bars) ofLevel[bar] = (ofLevel[bar] as number) + 1
  }
  for (const { row, bits } of matched.parts) {
    const { times, facets } = columns.get(row) as RowColumns
    const levels = Uint8Array.from(facets.level.values, (value) => LEVELS.indexOf(value as Level))
    eachPlace(bits, (place) =>
      add(levels[facets.level.codes[place] as number] as number, times[place] as number),
    )
  }
  for (const { at, level } of matched.loose) add(LEVELS.indexOf(level as Level), at)
  return counts
}
