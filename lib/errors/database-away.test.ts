import { expect, test } from 'vitest'
import { isAwayForAll, isDatabaseAway } from './database-away'

const coded = (code: string) => Object.assign(new Error('driver'), { code })

test('a lost connection ends the work for all, a statement that took too long only for its tenant', () => {
  const lost = new Error('query', { cause: coded('CONNECTION_CLOSED') })
  const slow = new Error('query', { cause: coded('57014') })
  expect([lost, slow, coded('57P01'), coded('23505')].map(isDatabaseAway)).toEqual([true, true, true, false])
  expect([lost, slow, coded('57P01'), coded('23505')].map(isAwayForAll)).toEqual([true, false, true, false])
})
