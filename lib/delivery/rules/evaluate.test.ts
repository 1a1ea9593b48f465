import { describe, expect, test } from 'vitest'
import { seededRandom } from '@/lib/delivery/testing/chaos/seeded-random'
import { evaluate, type RuleAlarm, type RuleEvent } from './evaluate'
import type { Rule } from './rule'
import { expiryOf, type RuleWindow, UNTOLD_MS } from './rule-window'

const rule = (fields: Partial<Rule> = {}): Rule => ({
  count: 3,
  withinSeconds: 10,
  per: 'actor',
  quietSeconds: 0,
  ...fields,
})

/** Events of one group at these seconds, numbered from 0. */
const at = (...seconds: number[]): RuleEvent[] =>
  seconds.map((second, seq) => ({ seq, receivedAtMs: second * 1_000, groupHash: 'a' }))

/** What the alarms tell: at which event, of how many, since which one. */
const fire = (given: Rule, events: RuleEvent[]) =>
  evaluate(given, new Map(), events).alarms.map(({ seq, events: told, firstSeq }) => [seq, told, firstSeq])

describe('a rule', () => {
  test('fires at the event that makes the number full, and not before', () => {
    expect(fire(rule(), at(0, 1))).toEqual([])
    expect(fire(rule(), at(0, 1, 2))).toEqual([[2, 3, 0]])
  })

  test('counts what is exactly its time apart, and nothing that is longer ago', () => {
    expect(fire(rule(), at(0, 5, 10))).toEqual([[2, 3, 0]])
    expect(fire(rule(), at(0, 5, 10.001))).toEqual([])
    expect(fire(rule(), at(0, 5, 10.001, 15))).toEqual([[3, 3, 1]])
  })

  test('counts an event for one alarm only', () => {
    expect(fire(rule(), at(0, 1, 2, 3, 4, 5, 6))).toEqual([
      [2, 3, 0],
      [5, 3, 3],
    ])
  })

  test('is quiet after an alarm, and tells with the next one what came meanwhile', () => {
    const quiet = rule({ quietSeconds: 60 })
    // Five in the quiet time; of them the last two are still in sight when it ends.
    expect(fire(quiet, at(0, 1, 2, 20, 30, 40, 55, 61, 62))).toEqual([
      [2, 3, 0],
      [8, 6, 3],
    ])
  })

  test('fires at the end of its quiet time if the number is full then', () => {
    const quiet = rule({ quietSeconds: 60 })
    expect(fire(quiet, at(0, 1, 2, 61, 61.5, 61.999))).toEqual([[2, 3, 0]])
    expect(fire(quiet, at(0, 1, 2, 61, 61.5, 62))).toEqual([
      [2, 3, 0],
      [5, 3, 3],
    ])
  })

  test('forgets what came in a quiet time after a week without an alarm', () => {
    const quiet = rule({ quietSeconds: 60 })
    const week = UNTOLD_MS / 1_000
    const burst = [1, 2, 3].map((second) => 62 + week + second)
    expect(fire(quiet, at(0, 1, 2, 20, ...burst)).at(-1)).toEqual([6, 3, 4])
    const soon = burst.map((second) => second - 10)
    expect(fire(quiet, at(0, 1, 2, 20, ...soon)).at(-1)).toEqual([6, 4, 3])
  })

  test('that wants one event fires at each that comes after its quiet time', () => {
    const each = rule({ count: 1, quietSeconds: 60 })
    expect(fire(each, at(0, 1, 59.999, 60, 200))).toEqual([
      [0, 1, 0],
      [3, 3, 1],
      [4, 1, 4],
    ])
  })

  test('counts groups by themselves', () => {
    const events = at(0, 1, 2, 3, 4).map((event) => ({ ...event, groupHash: event.seq % 2 ? 'b' : 'a' }))
    expect(fire(rule(), events)).toEqual([[4, 3, 0]])
  })

  test('lists the events that made the number full', () => {
    const [alarm] = evaluate(rule(), new Map(), at(0, 5, 11, 12)).alarms
    expect(alarm).toMatchObject({ seqs: [1, 2, 3], atMs: 12_000, firstAtMs: 5_000 })
  })
})

/** The same by looking back at the whole history of a group at each event. */
function evaluateNaively({ count, withinSeconds, quietSeconds }: Rule, all: RuleEvent[]): RuleAlarm[] {
  const alarms: RuleAlarm[] = []
  for (const group of new Set(all.map(({ groupHash }) => groupHash))) {
    const events = all.filter(({ groupHash }) => groupHash === group)
    let untold: { seq: number; atMs: number; isMuted: boolean }[] = []
    let quietUntilMs = Number.NEGATIVE_INFINITY
    for (const event of events) {
      const atMs = Math.max(event.receivedAtMs, ...untold.map((each) => each.atMs))
      const isMuted = atMs < quietUntilMs
      const inSight = untold
        .slice(Math.max(0, untold.length - count + 1))
        .filter((each) => atMs - each.atMs <= withinSeconds * 1_000)
      untold.push({ seq: event.seq, atMs, isMuted })
      if (isMuted || inSight.length < count - 1) continue
      const told = untold.filter((each) => each.isMuted || each.seq === event.seq || inSight.includes(each))
      const [first] = told
      alarms.push({
        groupHash: group,
        seq: event.seq,
        atMs: event.receivedAtMs,
        firstSeq: first?.seq ?? -1,
        firstAtMs: first?.atMs ?? -1,
        events: told.length,
        seqs: [...inSight.map(({ seq }) => seq), event.seq],
      })
      untold = []
      quietUntilMs = quietSeconds > 0 ? atMs + quietSeconds * 1_000 : Number.NEGATIVE_INFINITY
    }
  }
  return alarms.sort((a, b) => a.seq - b.seq)
}

/** Bursts and pauses of some groups; now and then neighbours have their times crossed. */
function randomEvents(random: () => number, count: number): RuleEvent[] {
  let now = 1_700_000_000_000
  return Array.from({ length: count }, (_, seq) => {
    now += random() < 0.05 ? Math.floor(random() * 90_000) : Math.floor(random() * 2_000)
    const crossed = random() < 0.2 ? Math.floor(random() * 50) : 0
    return { seq, receivedAtMs: now - crossed, groupHash: `g${Math.floor(random() * 4)}` }
  })
}

const randomRule = (random: () => number): Rule =>
  rule({
    count: 1 + Math.floor(random() * 6),
    withinSeconds: 1 + Math.floor(random() * 30),
    quietSeconds: random() < 0.3 ? 0 : Math.floor(random() * 60),
  })

const SEEDS = Array.from({ length: 60 }, (_, seed) => seed + 1)

test.each(SEEDS)('fires as a look at the whole history says (seed %i)', (seed) => {
  const random = seededRandom(seed)
  const given = randomRule(random)
  const events = randomEvents(random, 400)
  expect(evaluate(given, new Map(), events).alarms).toEqual(evaluateNaively(given, events))
})

test.each(SEEDS)(
  'fires the same wherever its events are divided, with expired windows forgotten (seed %i)',
  (seed) => {
    const random = seededRandom(seed)
    const given = randomRule(random)
    const events = randomEvents(random, 400)
    const known = new Map<string, RuleWindow>()
    const alarms: RuleAlarm[] = []
    for (let from = 0; from < events.length; ) {
      const part = events.slice(from, from + 1 + Math.floor(random() * 40))
      const evaluated = evaluate(given, known, part)
      alarms.push(...evaluated.alarms)
      for (const [hash, window] of evaluated.windows) known.set(hash, JSON.parse(JSON.stringify(window)))
      // As the database does, which is behind by more than times can be crossed.
      const nowMs = (part.at(-1)?.receivedAtMs ?? 0) - 1_000
      for (const [hash, window] of known) if (expiryOf(window, given) < nowMs) known.delete(hash)
      from += part.length
    }
    expect(alarms).toEqual(evaluate(given, new Map(), events).alarms)
  },
)

test('a group never remembers more places than one fewer than the rule counts', () => {
  const given = rule({ count: 5, quietSeconds: 3_600 })
  const { windows } = evaluate(given, new Map(), at(...Array.from({ length: 5_000 }, (_, i) => i / 100)))
  expect(windows.get('a')).toMatchObject({ seqs: [4996, 4997, 4998, 4999], since: 5_000 - 5 - 4 })
})
