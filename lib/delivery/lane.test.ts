import { expect, test } from 'vitest'
import { type Awaiting, hasRoomInFlight, type Lane, nextPollMs, placeIn } from './lane'

const awaiting = (firstSeq: number, lastSeq: number, ageMs = 0): Awaiting => ({
  idempotencyKey: `${firstSeq}`,
  firstSeq,
  lastSeq,
  events: lastSeq - firstSeq + 1,
  ackId: '1',
  isOverdue: false,
  ageMs,
})
const lane = (...batches: Awaiting[]): Lane => ({ replay: null, nextSeq: 10, awaiting: batches })

test('the next batch begins at the cursor, behind what awaits, or fills the gap among it', () => {
  expect(placeIn(lane())).toEqual({ from: 10, before: Number.POSITIVE_INFINITY })
  expect(placeIn(lane(awaiting(10, 19), awaiting(20, 24)))).toEqual({
    from: 25,
    before: Number.POSITIVE_INFINITY,
  })
  expect(placeIn(lane(awaiting(10, 19), awaiting(25, 29)))).toEqual({ from: 20, before: 25 })
  expect(placeIn(lane(awaiting(12, 19)))).toEqual({ from: 10, before: 12 })
  const replay = { id: 'r', toSeq: 15, onlyDead: false }
  expect(placeIn({ ...lane(), replay })).toEqual({ from: 10, before: 15 })
})

test('eight batches are in flight at most, and one while the receiver is ailing', () => {
  const seven = Array.from({ length: 7 }, (_, i) => awaiting(10 + i, 10 + i))
  expect(hasRoomInFlight(lane(...seven), true)).toBe(true)
  expect(hasRoomInFlight(lane(...seven, awaiting(17, 17)), true)).toBe(false)
  expect(hasRoomInFlight(lane(), false)).toBe(true)
  expect(hasRoomInFlight(lane(awaiting(10, 10)), false)).toBe(false)
})

test('what is acknowledged and waits for a gap in front of it does not keep the gap from being filled', () => {
  const acknowledged = { ...awaiting(20, 29), ackId: null }
  expect(hasRoomInFlight(lane(acknowledged), false)).toBe(true)
  expect(hasRoomInFlight(lane(acknowledged, awaiting(30, 39)), false)).toBe(false)
  const eight = Array.from({ length: 8 }, (_, i) => ({ ...awaiting(20 + i, 20 + i), ackId: null }))
  expect(hasRoomInFlight(lane(...eight), true)).toBe(true)
  expect(hasRoomInFlight(lane(awaiting(10, 19), ...eight), true)).toBe(false)
})

test('acknowledgements are asked for after a second, then ever more rarely, at least every ten', () => {
  expect(nextPollMs([awaiting(1, 1, 0)])).toBe(1_000)
  expect(nextPollMs([awaiting(1, 1, 60_000), awaiting(2, 2, 8_000)])).toBe(4_000)
  expect(nextPollMs([awaiting(1, 1, 60_000)])).toBe(10_000)
})
