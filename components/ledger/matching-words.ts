import { formatDuration } from '@/components/ui/format-time'

/** Matching again, how far it is. */
type Rematch = { since: Date; done: number; total: number }

/** Less than this says little of how long the rest takes. */
const SHORTEST_SECONDS = 1

/** `some 12 s left`, at the pace so far; null while there is too little to tell. */
export function restWords({ since, done, total }: Rematch, now: number): string | null {
  const seconds = (now - since.getTime()) / 1000
  if (done <= 0 || seconds < SHORTEST_SECONDS) return null
  const left = (Math.max(0, total - done) / done) * seconds
  return `some ${formatDuration(Math.max(1, left))} left`
}
