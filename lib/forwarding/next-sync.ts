import type { StreamRow } from './find-stream'

type Rhythm = Pick<StreamRow, 'state' | 'everySeconds' | 'phaseSeconds' | 'dueAt'>

/** When a stream that collects its events sends the next ones; null for one that sends at once, or is off. Pure. */
export function nextSyncAt({ state, everySeconds, phaseSeconds, dueAt }: Rhythm, now: Date): Date | null {
  if (state !== 'active' || everySeconds === null) return null
  if (dueAt > now) return dueAt
  const stepMs = everySeconds * 1000
  const phaseMs = phaseSeconds * 1000
  const slots = Math.floor((now.getTime() - phaseMs) / stepMs) + 1
  return new Date(slots * stepMs + phaseMs)
}
