import { expect, test } from 'vitest'
import { startTry } from './sign-in-limit'
import { startSignUp } from './sign-up-limit'

const NOW = Date.now()
const MINUTE_MS = 60_000

function signUpTimes(times: number, from: string) {
  return Array.from({ length: times }, () => startSignUp(from, NOW))
}

test('an office signs up twenty people in ten minutes, and the next waits until they are over', () => {
  expect(signUpTimes(20, '192.0.2.1').every(({ allowed }) => allowed)).toBe(true)
  expect(startSignUp('192.0.2.1', NOW + MINUTE_MS)).toMatchObject({ allowed: false, retryAfterSeconds: 540 })
  expect(startSignUp('192.0.2.2', NOW).allowed).toBe(true)
  expect(startSignUp('192.0.2.1', NOW + 10 * MINUTE_MS).allowed).toBe(true)
})

test('sign-ups and sign-ins from a network are counted apart', () => {
  signUpTimes(21, '192.0.2.3')
  expect(startTry('somebody@example.com', '192.0.2.3', NOW).allowed).toBe(true)
  for (let i = 0; i < 60; i++) startTry(`${i}@example.com`, '192.0.2.4', NOW)
  expect(startSignUp('192.0.2.4', NOW).allowed).toBe(true)
})
