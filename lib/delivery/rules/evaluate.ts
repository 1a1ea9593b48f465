import type { Rule } from './rule'
import { EMPTY_WINDOW, expiryOf, type RuleWindow } from './rule-window'

/** An event as a rule sees it: its place, when it was received, and whose it is. */
export type RuleEvent = { seq: number; receivedAtMs: number; groupHash: string }

/** That a rule fired: for which group, at which event, and how many it tells of since which one. */
export type RuleAlarm = {
  groupHash: string
  /** The event that made the number full. */
  seq: number
  atMs: number
  /** The first event that it tells of. */
  firstSeq: number
  firstAtMs: number
  events: number
  /** The latest of them, in order: those that made the number full. */
  seqs: readonly number[]
}

export type Evaluation = { alarms: RuleAlarm[]; windows: Map<string, RuleWindow> }

type Group = { -readonly [Name in keyof RuleWindow]: RuleWindow[Name] } & {
  seqs: number[]
  times: number[]
}

const open = (window: RuleWindow): Group => ({
  ...window,
  seqs: [...window.seqs],
  times: [...window.times],
})

/** Takes the oldest event out of sight. What came in a quiet time is told by the next alarm all the same. */
function dropOldest(group: Group): void {
  const seq = group.seqs.shift()
  const at = group.times.shift()
  if (seq === undefined || at === undefined || group.quietUntilMs === null || at >= group.quietUntilMs) return
  group.since++
  group.firstSeq ??= seq
  group.firstAtMs ??= at
}

/** Takes an event in; gives the alarm if it fires, which then has told of everything that the group remembers. */
function take(group: Group, { seq, receivedAtMs, groupHash }: RuleEvent, rule: Rule): RuleAlarm | undefined {
  // Neighbours may have their times crossed by milliseconds.
  const at = Math.max(receivedAtMs, group.times.at(-1) ?? receivedAtMs)
  while (group.times[0] !== undefined && at - group.times[0] > rule.withinSeconds * 1_000) dropOldest(group)
  const isQuiet = group.quietUntilMs !== null && at < group.quietUntilMs
  group.seqs.push(seq)
  group.times.push(at)
  if (isQuiet || group.seqs.length < rule.count) {
    if (group.seqs.length >= rule.count) dropOldest(group)
    return undefined
  }
  const { seqs, times, since, firstSeq, firstAtMs } = group
  const quietUntilMs = rule.quietSeconds > 0 ? at + rule.quietSeconds * 1_000 : null
  Object.assign(group, open({ ...EMPTY_WINDOW, quietUntilMs }))
  return {
    groupHash,
    seq,
    atMs: receivedAtMs,
    firstSeq: firstSeq ?? seqs[0] ?? seq,
    firstAtMs: firstAtMs ?? times[0] ?? at,
    events: since + seqs.length,
    seqs,
  }
}

/**
 * Evaluates a rule over events in the order of the trail: the alarms in that order, and what is to be remembered of
 * the groups that they belong to. It fires at the event that makes `count` of a group within `withinSeconds`; an event
 * that an alarm told of counts for no other one. Pure, and the same wherever the events are divided.
 */
export function evaluate(
  rule: Rule,
  known: ReadonlyMap<string, RuleWindow>,
  events: Iterable<RuleEvent>,
): Evaluation {
  const { windows, add } = startEvaluation(rule, known)
  return { alarms: add(events), windows }
}

/** The same in parts: `add` takes the next events and gives their alarms, and `windows` are those up to there. */
export function startEvaluation(rule: Rule, known: ReadonlyMap<string, RuleWindow> = new Map()) {
  const windows = new Map<string, Group>()
  const groupOf = ({ groupHash, receivedAtMs }: RuleEvent): Group => {
    const group = windows.get(groupHash)
    if (group && receivedAtMs < expiryOf(group, rule)) return group
    const before = group ? undefined : known.get(groupHash)
    const isOver = !before || receivedAtMs >= expiryOf(before, rule)
    const opened = open(isOver ? EMPTY_WINDOW : before)
    windows.set(groupHash, opened)
    return opened
  }
  const add = (events: Iterable<RuleEvent>): RuleAlarm[] => {
    const alarms: RuleAlarm[] = []
    for (const event of events) {
      const alarm = take(groupOf(event), event, rule)
      if (alarm) alarms.push(alarm)
    }
    return alarms
  }
  return { windows, add }
}
