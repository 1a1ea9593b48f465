import type { Level } from '@/lib/event/levels'

/** Events in the order of the trail. `more` says what is not listed. */
export type EventTable = { heading?: string; rows: readonly EventRow[]; more?: string }

export type EventRow = {
  /** RFC 3339 UTC. */
  at: string
  level: Level
  type: string
  /** One sentence. */
  text: string
  user?: string | undefined
  ip?: string | undefined
  /** Where it is in the trail. */
  url?: string | undefined
}

export const timeOfDay = ({ at }: EventRow) => at.slice(11, 19)

/** Rows that follow on each other on one day (UTC). Pure. */
export function byDay(rows: readonly EventRow[]): { day: string; rows: EventRow[] }[] {
  const days: { day: string; rows: EventRow[] }[] = []
  for (const row of rows) {
    const day = row.at.slice(0, 10)
    const last = days.at(-1)
    if (last?.day === day) last.rows.push(row)
    else days.push({ day, rows: [row] })
  }
  return days
}
