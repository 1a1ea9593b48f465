import { Cron } from 'croner'

const FIELDS = 5
/** Words and ranges for all five fields, and no text that somebody could hide something in. */
const MAX_LENGTH = 120

/** `paused`, so that it only answers when; no timer of its own runs. */
const open = (schedule: string, timezone: string) =>
  new Cron(schedule, { timezone, mode: '5-part', paused: true })

/** Why a cron expression can't be used, and what to do; undefined if it can. */
export function scheduleProblem(schedule: string): string | undefined {
  if (schedule.length > MAX_LENGTH) return `At most ${MAX_LENGTH} characters.`
  const fields = schedule.split(/\s+/).filter(Boolean).length
  if (fields !== FIELDS)
    return `A schedule has five fields (minute, hour, day of month, month, day of week), such as 0 2 * * *; this has ${fields}.`
  try {
    if (open(schedule, 'UTC').nextRun() === null) return 'There is no such time: no year has this day.'
  } catch (error) {
    const reason = error instanceof Error ? error.message.replace(/^CronPattern: /, '') : String(error)
    return `This is no schedule: ${reason}`
  }
  return undefined
}

/**
 * When a schedule's next time comes after a moment, by the clock of an IANA time zone. Where clocks are set forward,
 * a time that is left out comes when they have been; where they are set back, a time that comes twice counts once.
 * Null if there is none.
 */
export function nextTime(schedule: string, timeZone: string, after: Date): Date | null {
  return open(schedule, timeZone).nextRun(after)
}

/** The next so many times. */
export function nextTimes(schedule: string, timeZone: string, after: Date, count: number): Date[] {
  return open(schedule, timeZone).nextRuns(count, after)
}
