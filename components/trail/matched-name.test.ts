import { expect, test } from 'vitest'
import { toMatchedName } from './matched-name'

const BY = {
  policy: { id: 'p', version: 2 },
  rule: { id: 'r', version: 1, name: 'Login and repository' },
}
const ACCOUNT = { id: 'a', type: 'account', key: 'THESHIRE\\wardog', display: 'Walter Ardog' } as const
const PERSON = { id: 'w', type: 'identity', key: 'wardog', display: 'Walter Ardog' } as const

test('a matched account is shown by its name, and looked for by its person', () => {
  expect(toMatchedName({ ...ACCOUNT, identity: PERSON, ...BY }, 'wardog in THESHIRE')).toEqual({
    display: 'Walter Ardog',
    raw: 'wardog in THESHIRE',
    entity: 'identity:wardog',
    id: 'a',
  })
})

test('an account of nobody is looked for by itself', () => {
  expect(toMatchedName({ ...ACCOUNT, ...BY }, 'wardog').entity).toBe('account:THESHIRE\\wardog')
})

test('an ambiguous name stays as it is, with those that fit', () => {
  const other = { ...PERSON, key: 'Frodo', display: 'Frodo' }
  expect(toMatchedName({ display: 'wardog', candidates: [PERSON, other], ...BY }, 'wardog')).toEqual({
    raw: 'wardog',
    candidates: ['Walter Ardog (wardog)', 'Frodo'],
  })
})
