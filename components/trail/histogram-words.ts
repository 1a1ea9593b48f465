import { formatDuration, splitTime } from '@/components/ui/format-time'
import type { Slot } from './histogram-slots'

export const formatCount = (count: number): string => count.toLocaleString('en')

export const countWords = (count: number): string =>
  count === 1 ? '1 event' : `${count === 0 ? 'no' : formatCount(count)} events`

/** Start and end as a person in the zone writes them, the date only where it differs. */
export function rangeWords({ from, to }: { from: string; to: string }, timeZone: string): string {
  const [start, end] = [splitTime(from, timeZone), splitTime(to, timeZone)]
  const hasMillis = start.millis !== '.000' || end.millis !== '.000'
  const timeOf = ({ time, millis }: typeof start) => (hasMillis ? `${time}${millis}` : time)
  const last = start.date === end.date ? timeOf(end) : `${end.date} ${timeOf(end)}`
  return `${start.date} ${timeOf(start)} – ${last} ${end.zone}`
}

/** A bar for those who don't see it. */
export function slotWords(slot: Slot, timeZone: string): string {
  const levels = slot.levels.map(([level, count]) => `${formatCount(count)} ${level}`)
  return `${rangeWords(slot, timeZone)}: ${countWords(slot.total)}${levels.length > 0 ? `, ${levels.join(', ')}` : ''}`
}

const DAY_MS = 86_400_000

/** Labels under the plot: the first slot's start, the last one's end, and places between. */
export function axisLabels(
  slots: readonly Pick<Slot, 'from' | 'to'>[],
  timeZone: string,
  between: number,
): string[] {
  const [first, last] = [slots[0], slots.at(-1)]
  if (!first || !last) return []
  const [start, end] = [Date.parse(first.from), Date.parse(last.to)]
  const spanMs = end - start
  const parts = Array.from({ length: between + 2 }, (_, index) =>
    splitTime(new Date(start + (spanMs * index) / (between + 1)).toISOString(), timeZone),
  )
  const isOneDay = parts[0]?.date === parts.at(-1)?.date
  const labels = parts.map(({ date, time, millis }) => {
    // Steps of weeks don't need minutes, those of seconds do need them.
    if (spanMs > 10 * DAY_MS) return date
    const clock = spanMs < 10_000 ? `${time}${millis}` : spanMs < 600_000 ? time : time.slice(0, 5)
    return isOneDay ? clock : `${date.slice(5)} ${clock}`
  })
  return labels.map((label, index) => (label === labels[index - 1] ? '' : label))
}

/** How much time a bar stands for. */
export function stepWords(stepMs: number): string {
  return stepMs < 1000 ? `${stepMs} ms` : formatDuration(stepMs / 1000)
}
