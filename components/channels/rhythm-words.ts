import { formatDuration } from '@/components/ui/format-time'
import type { Rule, RuleGroup } from '@/lib/delivery/rules/rule'

/** The fields of a channel that say when people are told, as its view has them. */
type Fields = Readonly<Record<string, unknown>>

const DAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday']
const MINUTE = 60
const HOUR = 3_600
const DAY = 86_400
const PERSONS: Record<RuleGroup, string> = {
  actor: 'of one actor',
  target: 'on one target',
  ip: 'from one IP address',
  all: 'in all',
}

const isGroup = (value: unknown): value is RuleGroup => typeof value === 'string' && value in PERSONS

/** How often people are told, for people: `Every 5 minutes`, `Mondays at 08:00`. */
export function intervalWords({ everySeconds, at, weekday }: Fields): string {
  const seconds = Number(everySeconds)
  if (seconds === 0) return 'Immediate'
  if (seconds < HOUR) return `Every ${seconds / MINUTE} minutes`
  if (seconds < DAY) return 'Hourly'
  if (seconds === DAY) return `Daily at ${at}`
  return `${DAYS[Number(weekday) - 1] ?? DAYS[0]}s at ${at}`
}

export const isByCalendar = ({ everySeconds }: Fields): boolean => Number(everySeconds) >= DAY

/** From which number on people are told: `10 events of one actor within 5 min, then quiet for 1 h`. */
export function thresholdWords({ count, withinSeconds, per, quietSeconds }: Rule): string {
  const events = `${count.toLocaleString('en')} ${count === 1 ? 'event' : 'events'}`
  const within = `${events} ${PERSONS[per]} within ${formatDuration(withinSeconds)}`
  return quietSeconds > 0 ? `${within}, then quiet for ${formatDuration(quietSeconds)}` : within
}

/** The same for the fields of a channel; undefined where it tells of each event. */
export function ruleWords(fields: Fields): string | undefined {
  if (fields.threshold !== true) return undefined
  return thresholdWords({
    count: Number(fields.ruleCount),
    withinSeconds: Number(fields.ruleWithinSeconds),
    per: isGroup(fields.rulePer) ? fields.rulePer : 'all',
    quietSeconds: Number(fields.ruleQuietSeconds),
  })
}
