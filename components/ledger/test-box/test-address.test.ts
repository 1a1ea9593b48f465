import { expect, test } from 'vitest'
import { readTestAddress, testHref, testQuery } from './test-address'
import { hasValue, toAsked } from './test-values'

test('an address fills the test page with what it says, and nothing else', () => {
  const values = {
    logEntity: 'group',
    name: 'Domain Admins',
    parent: 'THESHIRE',
    at: '2020-09-14T12:06:03Z',
  } as const
  const href = testHref('acme', { ...values, origin: 'silo:windows' })
  expect(href).toMatch(/^\/acme\/ledger\/test\?/)
  const sent = Object.fromEntries(new URL(href, 'http://localhost').searchParams)
  expect(readTestAddress(sent)).toEqual({
    ...values,
    origin: 'silo:windows',
    policy: undefined,
    identity: '',
    id: '',
  })
  expect(testQuery(readTestAddress(sent))).toBe(new URL(href, 'http://localhost').search.slice(1))
})

test('what an address says wrongly counts as left out', () => {
  const values = readTestAddress({ for: 'nobody', at: 'tomorrow', name: ['a', 'b'] })
  expect(values).toMatchObject({ logEntity: 'actor', at: '' })
  expect(hasValue(values)).toBe(false)
})

test('what is asked has no blanks, and an identity for actors only', () => {
  const values = { ...readTestAddress({}), name: ' wardog ', identity: 'Walter', at: '2020-09-14T00:00:00Z' }
  expect(toAsked(values)).toEqual({
    logEntity: 'actor',
    name: 'wardog',
    identity: 'Walter',
    at: '2020-09-14T00:00:00Z',
  })
  expect(toAsked({ ...values, logEntity: 'account' })).not.toHaveProperty('identity')
})
