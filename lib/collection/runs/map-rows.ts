import { setImmediate as giveWay } from 'node:timers/promises'
import type { RowOutcome, RowProcessor } from '@/lib/collection/lines/compiled-line'
import type { ReadRow } from '@/lib/collection/reading/read-row'
import type { Reject } from '@/lib/collection/reject'
import { acceptCollected } from '@/lib/collection/target/accept-collected'
import { type EventRow, type TrailOwner, toEventRow } from '@/lib/trail/event-row'
import { receivedNow } from '@/lib/trail/received-now'

/** Others of this process wait for so long, and for a slice, which is never left. */
const MAX_HELD_MS = 8
/** A row takes some 20 µs as a rule; of those that take a thousand times as long, only so few go at a time. */
const MAX_SLICE_ROWS = 100
const FIRST_SLICE_ROWS = 20
const MIN_SLICE_ROWS = 10

/** Whose rows these are; the events' identity where they have none of their own. */
export type RowsOf = { owner: TrailOwner; origin: string; sha256: string }

export type RejectedRow = { line: number; raw: string | null; reject: Reject }

/** What rows became: `events` in their order, with the line of each. */
export type MappedRows = {
  events: EventRow[]
  lines: number[]
  rejects: RejectedRow[]
  filtered: number
  /** `performance.now()` at the moment of receipt that the events carry. */
  atMs: number
}

/** Runs rows through a line and readies their events for the trail; gives the event loop back in between. */
export async function mapRows(
  process: RowProcessor,
  rows: readonly ReadRow[],
  of: RowsOf,
): Promise<MappedRows> {
  const mapped: MappedRows = { events: [], lines: [], rejects: [], filtered: 0, atMs: performance.now() }
  const receivedAt = receivedNow()
  let heldSince = performance.now()
  for (let start = 0, size = FIRST_SLICE_ROWS; start < rows.length; ) {
    const slice = rows.slice(start, start + size)
    const beganMs = performance.now()
    const outcomes = process(slice)
    const rowMs = (performance.now() - beganMs) / slice.length
    start += slice.length
    size = Math.min(MAX_SLICE_ROWS, Math.max(MIN_SLICE_ROWS, Math.floor(MAX_HELD_MS / rowMs)))
    for (const [i, row] of slice.entries()) {
      addRow(mapped, row, outcomes[i], of, receivedAt)
      if (performance.now() - heldSince < MAX_HELD_MS) continue
      await giveWay()
      heldSince = performance.now()
    }
  }
  return mapped
}

function addRow(
  mapped: MappedRows,
  { line, raw }: ReadRow,
  outcome: RowOutcome | undefined,
  { owner, origin, sha256 }: RowsOf,
  receivedAt: string,
): void {
  if (outcome === undefined) throw new Error('a line gave fewer outcomes than it was given rows')
  if (outcome.kind === 'filtered') mapped.filtered++
  else if (outcome.kind === 'rejected') mapped.rejects.push({ line, raw, reject: outcome.reject })
  else {
    const identity = ['file', sha256, String(line)]
    mapped.events.push(toEventRow(owner, acceptCollected(outcome.event), origin, receivedAt, identity))
    mapped.lines.push(line)
  }
}
