import { expect, test } from 'vitest'
import { amountOf, countWords } from './import-words'

test('parts without any are left out', () => {
  expect(countWords({ added: 3, changed: 0, removed: 1, unchanged: 1200 })).toBe(
    '3 added, 1 removed, 1,200 unchanged',
  )
  expect(countWords({ added: 0, changed: 0, removed: 0, unchanged: 0 })).toBe('no rows')
})

test('one is not many, also where many are called otherwise', () => {
  expect([amountOf('identity', 1), amountOf('identity', 3)]).toEqual(['1 identity', '3 identities'])
})
