import { setImmediate } from 'node:timers/promises'
import { type RuleAlarm, type RuleEvent, startEvaluation } from '@/lib/delivery/rules/evaluate'
import type { Rule } from '@/lib/delivery/rules/rule'

/** The latest alarms, by which people see what a rule would tell. */
const MAX_LATEST = 5
/** Evaluated in one go: some 50 ms at the most, in which this process does nothing else. */
const PART = 5_000

export type CountedAlarms = { fired: number; latest: RuleAlarm[] }

/**
 * How often a rule fires over events in the order of the trail, and the latest alarms, last first. What others wait for
 * goes on meanwhile.
 */
export async function countAlarms(rule: Rule, events: readonly RuleEvent[]): Promise<CountedAlarms> {
  const { add } = startEvaluation(rule)
  let fired = 0
  let latest: RuleAlarm[] = []
  for (let from = 0; from < events.length; from += PART) {
    const alarms = add(events.slice(from, from + PART))
    fired += alarms.length
    latest = [...alarms.slice(-MAX_LATEST).reverse(), ...latest].slice(0, MAX_LATEST)
    await setImmediate()
  }
  return { fired, latest }
}
