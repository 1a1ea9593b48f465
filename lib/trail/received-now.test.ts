import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { receivedNow } from './received-now'

beforeEach(() => vi.useFakeTimers({ toFake: ['Date'] }))
afterEach(() => vi.useRealTimers())

const START_MS = Date.parse('2031-05-01T12:00:00.000Z')

test('a clock that is set back an hour costs a minute, and is followed again when it has caught up', () => {
  vi.setSystemTime(START_MS)
  expect(receivedNow()).toBe('2031-05-01T12:00:00.000Z')
  vi.setSystemTime(START_MS - 3_600_000)
  expect(receivedNow()).toBe('2031-05-01T11:59:01.000Z')
  vi.setSystemTime(START_MS - 1_000)
  expect(receivedNow()).toBe('2031-05-01T11:59:59.000Z')
  vi.setSystemTime(START_MS + 5_000)
  expect(receivedNow()).toBe('2031-05-01T12:00:05.000Z')
})
