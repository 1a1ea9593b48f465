import type { OpenCheckpoint } from './open-checkpoint'
import { refuse } from './refusal'

/** How far clocks of one operator may be apart. */
const TOLERANCE_MS = 60_000

const show = (timeMs: number) => new Date(timeMs).toISOString()
const says = (index: number, receivedAtMs: number) =>
  `Event ${index} says that it was received at ${show(receivedAtMs)}`

/**
 * The specification's rules R1 and R2: an event was received after the checkpoints that do not cover it yet and
 * before those that do, and not before the events that precede it; each within a minute.
 */
export class TimeRules {
  private readonly moments: { size: number; timeMs: number }[] = []
  private highest = -1
  private latestMs = Number.NEGATIVE_INFINITY

  constructor(checkpoints: readonly OpenCheckpoint[]) {
    for (const { size, timeMs } of checkpoints) if (timeMs !== undefined) this.moments.push({ size, timeMs })
  }

  check(index: number, receivedAtMs: number): void {
    for (const { size, timeMs } of this.moments) {
      if (index < size && receivedAtMs > timeMs + TOLERANCE_MS)
        refuse('post_dated', `${says(index, receivedAtMs)}, but a checkpoint of ${show(timeMs)} covers it.`)
      if (index >= size && receivedAtMs < timeMs - TOLERANCE_MS)
        refuse(
          'back_dated',
          `${says(index, receivedAtMs)}, but the checkpoint of ${show(timeMs)} did not cover it yet.`,
        )
    }
    // Where a file goes back to an earlier event, only the checkpoints bound it.
    if (index < this.highest) return
    if (receivedAtMs < this.latestMs - TOLERANCE_MS)
      refuse(
        'back_dated',
        `${says(index, receivedAtMs)}, after an event that was received at ${show(this.latestMs)}.`,
      )
    this.highest = index
    this.latestMs = Math.max(this.latestMs, receivedAtMs)
  }
}
