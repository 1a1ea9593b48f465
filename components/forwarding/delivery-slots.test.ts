import { expect, it } from 'vitest'
import { hasHappened, toDeliverySlots, totalsOf } from './delivery-slots'

const hour = (at: string, changes = {}) => ({
  hour: new Date(at),
  sentEvents: 0,
  sentBatches: 0,
  failedAttempts: 0,
  deadEvents: 0,
  behind: null,
  ...changes,
})

it('shows each hour to its end, and does not take an unknown backlog for none', () => {
  const slots = toDeliverySlots([
    hour('2026-11-21T15:00:00Z', { sentEvents: 7, behind: 3 }),
    hour('2026-11-21T16:00:00Z'),
  ])
  expect(slots.map(({ to, sent, behind }) => [to, sent, behind])).toEqual([
    ['2026-11-21T16:00:00.000Z', 7, 3],
    ['2026-11-21T17:00:00.000Z', 0, null],
  ])
  expect(slots.filter(hasHappened)).toHaveLength(1)
})

it('adds up what was sent and failed, and of the backlog takes the most', () => {
  const slots = toDeliverySlots([
    hour('2026-11-21T15:00:00Z', { sentEvents: 7, failedAttempts: 1, behind: 30 }),
    hour('2026-11-21T16:00:00Z', { sentEvents: 5, deadEvents: 2, behind: 10 }),
  ])
  expect(totalsOf(slots)).toEqual({ sent: 12, failed: 1, dead: 2, behind: 30 })
})
