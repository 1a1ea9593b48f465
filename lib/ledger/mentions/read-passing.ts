import type { Transaction } from '@/db/client'
import { isWithin, type Period } from '@/lib/ledger/matched/periods'
import type { ReferenceSet } from '@/lib/ledger/matched/reference-set'
import { andNot, and as andWith, type Bitmap, clip, fullBitmap, setBit } from '@/lib/trail/blocks/bitmap'
import { CHUNK_EVENTS, eachMention, SPAN_CHUNKS } from './layout'
import {
  clipRange,
  type MentionCondition,
  type MentionSide,
  type Range,
  referencesIn,
} from './mention-condition'
import { type ColumnsRow, readColumnsOf } from './read-columns'
import { readEventTimes } from './read-event-times'
import { readChunksWith } from './read-spans'

/** When the events at some places of ranges occurred, in milliseconds since 1970. */
export type ReadTimes = (
  wanted: ReadonlyMap<Range, readonly number[]>,
) => Promise<(range: Range, place: number) => number>

/** What has been seen of a side in a range. */
type Sight = { range: Range; side: MentionSide; included: Bitmap; excluded: Bitmap }
/** A mention that counts if its event occurred in one of the periods. */
type Doubt = { range: Range; place: number; periods: readonly Period[]; into: Bitmap }

const wordsFor = ({ from, to }: Range) => Math.ceil(Math.max(0, to - from) / 32) * 32

/**
 * Which events of each range pass, as bits by place: exactly these. Reads only the mentions, and when those events
 * occurred whose references mean something at times only.
 */
export async function readPassing<R extends Range>(
  tx: Transaction,
  tenantId: string,
  condition: MentionCondition,
  ranges: readonly R[],
  readTimes: ReadTimes = (wanted) => readEventTimes(tx, tenantId, wanted),
): Promise<Map<R, Bitmap>> {
  const { window, sides } = condition
  const sights = new Map(
    ranges.map((range) => [
      range,
      sides.map((side) => ({ range, side, included: emptyOf(range), excluded: emptyOf(range) })),
    ]),
  )
  const byChunk = chunksOf(ranges, window)
  const chunks = await narrow(tx, tenantId, condition, [...byChunk.keys()])
  const columns = [...new Set(sides.map(({ column }) => column))]
  const doubts: Doubt[] = []
  for await (const rows of readColumnsOf(tx, tenantId, columns, chunks))
    for (const row of rows)
      for (const range of byChunk.get(row.chunk) ?? [])
        for (const sight of sights.get(range) ?? []) look(sight, row, doubts)
  await settle(doubts, readTimes)
  return new Map(ranges.map((range) => [range, combine(range, sights.get(range) ?? [], window)]))
}

const emptyOf = (range: Range): Bitmap => new Uint32Array(wordsFor(range) / 32)

/** The ranges that have events of each chunk, in the order of chunks. */
function chunksOf<R extends Range>(ranges: readonly R[], window: Range): Map<number, R[]> {
  const byChunk = new Map<number, R[]>()
  for (const range of ranges) {
    const { from, to } = clipRange(range, window)
    for (let chunk = Math.floor(from / CHUNK_EVENTS); chunk * CHUNK_EVENTS < to; chunk++)
      byChunk.set(chunk, [...(byChunk.get(chunk) ?? []), range])
  }
  return byChunk
}

/** Of many chunks those that have one of the references at all. */
async function narrow(
  tx: Transaction,
  tenantId: string,
  condition: MentionCondition,
  chunks: number[],
): Promise<number[]> {
  if (chunks.length <= SPAN_CHUNKS) return chunks
  chunks.sort((a, b) => a - b)
  const range = { from: chunks[0] as number, to: (chunks.at(-1) as number) + 1 }
  const found = await readChunksWith(tx, tenantId, referencesIn(condition), range)
  return found ? chunks.filter((chunk) => found.has(chunk)) : chunks
}

function look({ range, side, included, excluded }: Sight, row: ColumnsRow, doubts: Doubt[]): void {
  const first = row.chunk * CHUNK_EVENTS - range.from
  const events = range.to - range.from
  const note = (set: ReferenceSet, into: Bitmap, place: number, reference: number) => {
    const found = set.find(reference)
    if (found === true) setBit(into, place)
    else if (found !== false) doubts.push({ range, place, periods: found, into })
  }
  eachMention(row.columns[side.column], (at, reference) => {
    const place = first + at
    if (place < 0 || place >= events) return
    if (side.include) note(side.include, included, place, reference)
    if (side.exclude) note(side.exclude, excluded, place, reference)
  })
}

async function settle(doubts: readonly Doubt[], readTimes: ReadTimes): Promise<void> {
  if (doubts.length === 0) return
  const wanted = new Map<Range, number[]>()
  for (const { range, place } of doubts) {
    const places = wanted.get(range)
    if (places) places.push(place)
    else wanted.set(range, [place])
  }
  const timeOf = await readTimes(wanted)
  for (const { range, place, periods, into } of doubts)
    if (isWithin(periods, timeOf(range, place))) setBit(into, place)
}

function combine(range: Range, sights: readonly Sight[], window: Range): Bitmap {
  const passing = fullBitmap(wordsFor(range))
  for (const { side, included, excluded } of sights) {
    if (side.include) andWith(passing, included)
    andNot(passing, excluded)
  }
  const { from, to } = clipRange(range, window)
  clip(passing, from - range.from, Math.max(from, to) - range.from)
  return passing
}
