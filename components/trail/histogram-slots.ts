import { LEVELS, type Level } from '@/lib/event/levels'
import type { Histogram } from '@/lib/trail/overview'

/** One step of time; most severe first, because what stands on the ground line is compared best. */
export type Slot = {
  /** RFC 3339, UTC; `to` is exclusive. */
  from: string
  to: string
  total: number
  levels: [level: Level, count: number][]
}

const WORST_FIRST = [...LEVELS].reverse()

const isoOf = (ms: number) => new Date(ms).toISOString()

/** Every step of the range in order, also those without events. */
export function toSlots({ from, to, stepMs, bars }: Histogram): Slot[] {
  const [first, end] = [Date.parse(from), Date.parse(to)]
  const count = Math.max(1, Math.ceil((end - first) / stepMs))
  const slots: Slot[] = Array.from({ length: count }, (_, index) => ({
    from: isoOf(first + index * stepMs),
    to: isoOf(Math.min(first + (index + 1) * stepMs, end)),
    total: 0,
    levels: [],
  }))
  for (const { at, levels } of bars) {
    const slot = slots[Math.floor((Date.parse(at) - first) / stepMs)]
    if (!slot) continue
    for (const level of WORST_FIRST) {
      const value = levels[level]
      if (!value) continue
      slot.levels.push([level, value])
      slot.total += value
    }
  }
  return slots
}

/** Of the plot's height: so little that it never passes for more, so much that one event among thousands shows. */
const MIN_HEIGHT = 2.5

export type Segment = { level: Level; y: number; height: number }

/** The parts of a bar from the ground up, in percent of the height; the tallest bar fills it. */
export function toSegments({ levels, total }: Slot, most: number): Segment[] {
  const full = Math.max((total / most) * 100, Math.min(100, MIN_HEIGHT * levels.length))
  const spare = full - MIN_HEIGHT * levels.length
  let top = 100
  return levels.map(([level, count]) => {
    const height = MIN_HEIGHT + (spare * count) / total
    top -= height
    return { level, y: top, height }
  })
}

/** From the start of the one slot to the end of the other, whichever comes first. */
export function rangeBetween(slots: readonly Slot[], a: number, b: number): { from: string; to: string } {
  const [start, end] = [slots[Math.min(a, b)], slots[Math.max(a, b)]]
  if (!start || !end) throw new RangeError(`There are ${slots.length} slots, not ${Math.max(a, b)}.`)
  return { from: start.from, to: end.to }
}

/** Twice the range around the same middle, but not into the future further than it reached. */
export function widen(
  { from, to }: { from: string; to: string },
  nowMs: number,
): { from: string; to: string } {
  const [start, end] = [Date.parse(from), Date.parse(to)]
  const half = Math.max(1, (end - start) / 2)
  const later = Math.max(end, Math.min(end + half, nowMs))
  return { from: isoOf(later - 4 * half), to: isoOf(later) }
}
