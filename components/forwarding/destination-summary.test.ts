import { expect, it } from 'vitest'
import { summarizeBacklog } from './destination-summary'

const oldestAt = new Date('2026-11-20T12:00:00Z')

it('tells how long the oldest event waits', () =>
  expect(
    summarizeBacklog({ events: 3, isCapped: false, oldestAt }, oldestAt.getTime() + 90_000).ageSeconds,
  ).toBe(90))

it('never shows a negative age when the clocks differ', () =>
  expect(
    summarizeBacklog({ events: 1, isCapped: false, oldestAt }, oldestAt.getTime() - 5000).ageSeconds,
  ).toBe(0))

it('has no age without events', () =>
  expect(summarizeBacklog({ events: 0, isCapped: false, oldestAt: null }, 0).ageSeconds).toBeNull())
