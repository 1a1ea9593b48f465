import { expect, test } from 'vitest'
import { readRetryAfterMs } from './retry-after'

const date = 'Fri, 20 Nov 2026 22:00:00 GMT'

test.each([
  ['0', 0],
  ['120', 120_000],
  [' 5 ', 5_000],
  ['999999999', 86_400_000],
  ['Fri, 20 Nov 2026 22:01:30 GMT', 90_000],
  ['Fri, 20 Nov 2026 21:00:00 GMT', 0],
  ['Fri, 20 Nov 2036 22:00:00 GMT', 86_400_000],
  ['', undefined],
  ['soon', undefined],
  ['-5', 0],
])('%j asks for %s ms', (text, ms) => {
  expect(readRetryAfterMs({ 'retry-after': text, date })).toBe(ms)
})

test('no header asks for nothing', () => {
  expect(readRetryAfterMs({})).toBeUndefined()
})
