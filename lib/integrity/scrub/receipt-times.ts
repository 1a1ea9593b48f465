import type { Moment } from './check-checkpoints'
import type { LeafRow } from './leaf-row'
import { eventFinding, type ScrubFinding } from './scrub-failure'

/** How far clocks of one operator may be apart (specification, rules R1 and R2). */
const TOLERANCE_MS = 60_000

/**
 * The specification's rules of time over rows in order: an event was received after the checkpoints that don't cover
 * it yet and before those that do, and not before the events that precede it; each within a minute.
 */
export class ReceiptTimes {
  /** The latest time of receipt so far, Unix milliseconds. */
  latestMs: number
  /** By size; of each the latest time up to it, and the earliest from it on. */
  private readonly moments: (Moment & { latestMs: number; earliestMs: number })[]
  /** The first moment that covers the present row. */
  private next = 0

  constructor(latestMs: number, moments: readonly Moment[]) {
    this.latestMs = latestMs
    this.moments = moments
      .map((moment) => ({ ...moment, latestMs: moment.timeMs, earliestMs: moment.timeMs }))
      .sort((x, y) => x.size - y.size)
    const all = this.moments
    for (const [i, moment] of all.entries())
      moment.latestMs = Math.max(moment.timeMs, all[i - 1]?.latestMs ?? moment.timeMs)
    for (let i = all.length - 2; i >= 0; i--) {
      const [moment, after] = [all[i], all[i + 1]] as [(typeof all)[0], (typeof all)[0]]
      moment.earliestMs = Math.min(moment.timeMs, after.earliestMs)
    }
  }

  /** `rows` go on where those before ended. */
  check(rows: readonly LeafRow[]): ScrubFinding[] {
    const findings: ScrubFinding[] = []
    for (const { seq, receivedMs, derived, stored } of rows) {
      // The time of a row that isn't what was sealed is nobody's word.
      if (receivedMs === undefined || derived !== stored) continue
      const words = this.refute(seq, receivedMs)
      if (words) findings.push(eventFinding('back_dated', seq, seq, words))
      else this.latestMs = Math.max(this.latestMs, receivedMs)
    }
    return findings
  }

  private refute(seq: number, receivedMs: number): string | undefined {
    while ((this.moments[this.next]?.size ?? Number.POSITIVE_INFINITY) <= seq) this.next++
    const [before, covering] = [this.moments[this.next - 1], this.moments[this.next]]
    if (receivedMs < this.latestMs - TOLERANCE_MS)
      return 'An earlier event was received more than a minute later.'
    if (covering && receivedMs > covering.earliestMs + TOLERANCE_MS)
      return 'A checkpoint that covers it is more than a minute older.'
    if (before && receivedMs < before.latestMs - TOLERANCE_MS)
      return 'A checkpoint that did not cover it yet is more than a minute younger.'
    return undefined
  }
}
