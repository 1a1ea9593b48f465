/** Files of one delivery come together. */
const BURST_MS = 10 * 60_000
/** Fewer gaps are no rhythm. */
const MIN_GAPS = 3
/** A month of working days: the gap of a weekend is then among them. */
const MAX_GAPS = 30
/** A delivery is late before it is missing. */
const PATIENCE = 2
/** Whoever is told after minutes is told too often. */
const MIN_QUIET_MS = 3_600_000

/** Arrivals that are enough to find the rhythm in, where each is a delivery of its own. */
export const ARRIVALS_LOOKED_AT = 200

/**
 * When the next file is overdue: twice the longest of the usual gaps after the last one, an hour at least. What
 * arrives within ten minutes counts as one. Null while there were fewer than four deliveries. Any order.
 */
export function nextQuietAt(arrivals: readonly Date[]): Date | null {
  const times = arrivals.map((at) => at.getTime()).sort((a, b) => a - b)
  const deliveries = times.reduce<number[]>((found, time) => {
    const last = found.at(-1)
    if (last === undefined || time - last > BURST_MS) found.push(time)
    return found
  }, [])
  const gaps = deliveries.slice(1).map((time, i) => time - (deliveries[i] ?? time))
  const last = times.at(-1)
  if (last === undefined || gaps.length < MIN_GAPS) return null
  return new Date(last + Math.max(MIN_QUIET_MS, PATIENCE * Math.max(...gaps.slice(-MAX_GAPS))))
}
