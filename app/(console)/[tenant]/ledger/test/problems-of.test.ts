import { expect, test } from 'vitest'
import { comparisonSchema } from '@/lib/ledger/rules/definition'
import { soundMembers } from './problems-of'

const WHOLE = { kind: 'finds', attribute: 'login', by: 'exact', parameter: 1, pattern: '(' }

test('what is whole of a rule is checked beside what is not, and its problems keep their places', () => {
  const { members, toPlaces } = soundMembers([{ ...WHOLE, attribute: '' }, WHOLE], comparisonSchema)
  expect(members).toEqual([WHOLE])
  expect(toPlaces([{ path: ['comparisons', 0, 'pattern'], message: 'open' }])).toEqual([
    { path: ['comparisons', 1, 'pattern'], message: 'open' },
  ])
})

test('of a part nothing is said as a whole, and what is no list has no members', () => {
  const { toPlaces } = soundMembers([WHOLE], comparisonSchema)
  expect(toPlaces([{ path: ['comparisons'], message: 'Nothing says whom it finds.' }])).toEqual([])
  expect(soundMembers('nonsense', comparisonSchema).members).toEqual([])
})
