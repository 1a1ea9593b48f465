import type { Rule, RuleGroup } from '@/lib/delivery/rules/rule'
import { number, plural } from './count-words'
import type { Alarm, Digest } from './digest'

const UNITS = [
  [86_400, 'day'],
  [3_600, 'hour'],
  [60, 'minute'],
  [1, 'second'],
] as const
const GROUP_WORDS: Record<RuleGroup, string> = { actor: ' by ', target: ' on ', ip: ' from ', all: '' }

/** In the largest unit that leaves nothing over. Pure. */
function describeSeconds(seconds: number): string {
  const [size, unit] = UNITS.find(([size]) => seconds >= size && seconds % size === 0) ?? [1, 'second']
  return plural(seconds / size, unit)
}

/** `10 events by jdoe within 5 minutes: signed in, failed; 132 in all`. Pure. */
export function describeAlarm({ group, events, listed }: Alarm, rule: Rule): string {
  const whose = group === null ? '' : `${GROUP_WORDS[rule.per]}${group || 'nobody in particular'}`
  const kinds = new Set(listed.map(({ action, status }) => action + (status === 'fail' ? ', failed' : '')))
  const what = kinds.size === 1 ? `: ${[...kinds][0]}` : ''
  const all = events > rule.count ? `; ${number(events)} in all` : ''
  return `${plural(rule.count, 'event')}${whose} within ${describeSeconds(rule.withinSeconds)}${what}${all}`
}

/** One alarm in its own words, several counted. Pure. */
export function describeAlarms({ alarms = [], moreAlarms = 0, events }: Digest, rule: Rule): string {
  const [first] = alarms
  const count = alarms.length + moreAlarms
  if (first && count === 1) return describeAlarm(first, rule)
  return `${plural(count, 'alarm')}: ${plural(rule.count, 'event')} within ${describeSeconds(rule.withinSeconds)}; ${number(events)} in all`
}
