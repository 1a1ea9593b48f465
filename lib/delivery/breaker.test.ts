import { expect, test } from 'vitest'
import { type BreakerState, breakerAfterSuccess, opensAfterFailure } from './breaker'

const fresh: BreakerState = { breaker: 'closed', consecutiveFailures: 0, windowTries: 0, windowFailures: 0 }

test('five failures in a row open the breaker', () => {
  expect(opensAfterFailure({ ...fresh, consecutiveFailures: 3 })).toBe(false)
  expect(opensAfterFailure({ ...fresh, consecutiveFailures: 4 })).toBe(true)
})

test('so do seven of ten tries within five minutes, but not seven of nine', () => {
  expect(opensAfterFailure({ ...fresh, windowTries: 9, windowFailures: 6 })).toBe(true)
  expect(opensAfterFailure({ ...fresh, windowTries: 9, windowFailures: 5 })).toBe(false)
  expect(opensAfterFailure({ ...fresh, windowTries: 8, windowFailures: 8 })).toBe(false)
})

test('two failures in a row while batches grow again open it again, one while it is open leaves it so', () => {
  expect(opensAfterFailure({ ...fresh, breaker: 'half_open' })).toBe(false)
  expect(opensAfterFailure({ ...fresh, breaker: 'half_open', consecutiveFailures: 1 })).toBe(true)
  expect(opensAfterFailure({ ...fresh, breaker: 'open' })).toBe(true)
})

test('a probe that gets through half-opens it, a full batch closes it', () => {
  expect(breakerAfterSuccess('open', false)).toBe('half_open')
  expect(breakerAfterSuccess('half_open', false)).toBe('half_open')
  expect(breakerAfterSuccess('half_open', true)).toBe('closed')
  expect(breakerAfterSuccess('closed', false)).toBe('closed')
})
