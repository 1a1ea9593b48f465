import { formatDuration } from '@/components/ui/format-time'

/** Reported later than that, an event is marked: a reader would miss it when reading by time. */
const LATE_S = 15 * 60
/** Clocks that differ by more are wrong, not merely unsynchronised. */
const AHEAD_S = 5 * 60

export type Timing = { kind: 'late' | 'future'; words: string }

/** Marks an event whose own time is far from the moment it was received. */
export function judgeTiming(occurredAt: string, receivedAt: string): Timing | undefined {
  const delayS = (Date.parse(receivedAt) - Date.parse(occurredAt)) / 1000
  if (delayS > LATE_S) return { kind: 'late', words: `reported late, after ${formatDuration(delayS)}` }
  if (delayS < -AHEAD_S)
    return { kind: 'future', words: `future: ${formatDuration(-delayS)} ahead of its receipt` }
  return undefined
}
