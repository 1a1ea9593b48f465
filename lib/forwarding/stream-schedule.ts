import { createHash } from 'node:crypto'
import type { OpenDestination } from '@/lib/delivery/destinations/contract'

type ScheduleColumns = {
  everySeconds: number | null
  phaseSeconds: number
  flushEvents: number | null
  atMinutes: number | null
}

/** When a stream's events leave, as its row keeps it. Streams of one rhythm are spread over it by their ids. */
export function streamSchedule(destinationId: string, { schedule }: OpenDestination): ScheduleColumns {
  if (!schedule) return { everySeconds: null, phaseSeconds: 0, flushEvents: null, atMinutes: null }
  const spread = createHash('sha256').update(destinationId).digest().readUInt32BE(0)
  return { atMinutes: null, ...schedule, phaseSeconds: spread % schedule.everySeconds }
}
