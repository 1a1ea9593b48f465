import { expect, it } from 'vitest'
import { judgeTiming } from './event-timing'

const received = '2026-11-20T12:00:00.000Z'

it.each([
  ['2026-11-20T11:45:00.000Z', undefined],
  ['2026-11-20T11:44:59.000Z', 'late'],
  ['2026-11-20T12:05:00.000Z', undefined],
  ['2026-11-20T12:05:01.000Z', 'future'],
])('marks an event of %s, received at noon, as %s', (occurred, kind) =>
  expect(judgeTiming(occurred, received)?.kind).toBe(kind),
)

it('says how late', () =>
  expect(judgeTiming('2026-11-20T09:30:00Z', received)?.words).toBe('reported late, after 2 h 30 min'))
