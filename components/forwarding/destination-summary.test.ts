import { expect, it } from 'vitest'
import { conditionOf, fullName, summarizeBacklog, waitingWords } from './destination-summary'

const oldestAt = new Date('2026-11-20T12:00:00Z')

it('tells how long the oldest event waits', () =>
  expect(
    summarizeBacklog(
      { events: 3, isCapped: false, oldestAt, isUnmatched: false },
      oldestAt.getTime() + 90_000,
    ).ageSeconds,
  ).toBe(90))

it('never shows a negative age when the clocks differ', () =>
  expect(
    summarizeBacklog({ events: 1, isCapped: false, oldestAt, isUnmatched: false }, oldestAt.getTime() - 5000)
      .ageSeconds,
  ).toBe(0))

it('has no age without events', () =>
  expect(
    summarizeBacklog({ events: 0, isCapped: false, oldestAt: null, isUnmatched: false }, 0).ageSeconds,
  ).toBeNull())

it('speaks of matching only when it takes longer than a minute', () => {
  const backlog = { events: 3, isCapped: false, oldestAt, isUnmatched: true }
  const isMatchingAfter = (ms: number) => summarizeBacklog(backlog, oldestAt.getTime() + ms).isMatching
  expect([isMatchingAfter(59_000), isMatchingAfter(61_000)]).toEqual([false, true])
})

it.each([
  ['active', 'closed', 0, 'active'],
  ['active', 'closed', 2, 'failing'],
  ['active', 'open', 7, 'probing'],
  ['active', 'half_open', 0, 'recovering'],
  ['active', 'half_open', 1, 'failing'],
  ['paused', 'open', 7, 'paused'],
  ['disabled', 'open', 7, 'disabled'],
] as const)('is %s with a breaker that is %s after %i failures: %s', (state, breaker, failures, expected) =>
  expect(conditionOf({ state, stats: { breaker, consecutiveFailures: failures } })).toBe(expected),
)

it.each([
  [0, false, 'nothing waits'],
  [1, false, '1 event waits'],
  [10_000, true, '10,000 or more events wait'],
])('says that of %i (capped: %s)', (events, isCapped, words) =>
  expect(waitingWords({ events, isCapped })).toBe(words),
)

it('tells two destinations of one name apart by their notes, long ones by their beginning', () => {
  const name = 'HTTP POST to logs.example'
  expect(fullName({ name, note: '' })).toBe(name)
  expect(fullName({ name, note: 'for the SOC\nsince May' })).toBe(`${name} (for the SOC)`)
  expect(fullName({ name, note: 'n'.repeat(500) })).toBe(`${name} (${'n'.repeat(60)}…)`)
})
