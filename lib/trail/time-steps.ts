const SECOND = 1000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

/** Steps that a person reads easily; weeks begin on the day the epoch began, a Thursday. */
const STEPS_MS = [
  ...[1, 2, 5, 10, 20, 50, 100, 200, 500],
  ...[1, 2, 5, 10, 15, 30].map((n) => n * SECOND),
  ...[1, 2, 5, 10, 15, 30].map((n) => n * MINUTE),
  ...[1, 2, 3, 6, 12].map((n) => n * HOUR),
  ...[1, 2, 7, 14, 28, 91, 182, 364].map((n) => n * DAY),
]

/** The finest even step that divides the span into at most so many bars; a single one is as long as the span. */
export function chooseStep(
  first: number,
  last: number,
  bars: number,
): { start: number; stepMs: number; bars: number } {
  // An even step may begin anew within any span, however short.
  if (bars === 1) return { start: first, stepMs: last - first + 1, bars }
  const fits = (stepMs: number) => Math.floor(last / stepMs) - Math.floor(first / stepMs) < bars
  const stepMs = STEPS_MS.find(fits) ?? Math.ceil((last - first + 1) / (bars - 1) / DAY) * DAY
  const start = Math.floor(first / stepMs) * stepMs
  return { start, stepMs, bars: Math.floor((last - start) / stepMs) + 1 }
}
