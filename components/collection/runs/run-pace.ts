/** How far a run was at a moment, in milliseconds of one clock. */
export type PaceSample = { at: number; rows: number; readBytes: number }

/** Long enough to even out single chunks, short enough to notice that a run slows down. */
const WINDOW_MS = 15_000
/** A pace from less than this is a guess. */
const SHORTEST_MS = 900

/** With the newest sample, without what is too old to tell the pace of now. */
export function addSample(samples: readonly PaceSample[], sample: PaceSample): PaceSample[] {
  const last = samples.at(-1)
  // Less than before: another run.
  if (last && sample.readBytes < last.readBytes) return [sample]
  return [...samples.filter(({ at }) => sample.at - at <= WINDOW_MS), sample]
}

export type Pace = { rowsPerSecond: number; secondsLeft: number | null }

/** Rows a second, and how long what is left takes at that; null while there is too little to tell. */
export function paceOf(samples: readonly PaceSample[], totalBytes: number): Pace | null {
  const first = samples[0]
  const last = samples.at(-1)
  if (!first || !last || last.at - first.at < SHORTEST_MS) return null
  const seconds = (last.at - first.at) / 1000
  const bytesPerSecond = (last.readBytes - first.readBytes) / seconds
  const left = Math.max(0, totalBytes - last.readBytes)
  return {
    rowsPerSecond: Math.max(0, (last.rows - first.rows) / seconds),
    secondsLeft: bytesPerSecond > 0 ? left / bytesPerSecond : null,
  }
}
