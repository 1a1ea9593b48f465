import { expect, it } from 'vitest'
import { readComparison } from './comparison'

it.each([
  [{}, 3, 2, 3],
  [{ from: '1', to: '2' }, 3, 1, 2],
  [{ to: '2' }, 3, 1, 2],
  [{ from: '9', to: 'x' }, 3, 2, 3],
  [{}, 1, 0, 1],
])('compares %j of %i versions', (asked, newest, from, to) => {
  expect(readComparison(asked, newest)).toEqual({ from, to })
})
