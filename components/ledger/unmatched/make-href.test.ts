import { expect, test } from 'vitest'
import { explainHref, makeHref } from './make-href'

const NOTHING = {
  type: null,
  name: null,
  parent: null,
  identity: null,
  refId: null,
  origins: ['silo:windows'],
}
const asked = (href: string) => Object.fromEntries(new URL(href, 'http://localhost').searchParams)

test('an actor becomes an account of its repository, a SID its SID', () => {
  const actor = {
    ...NOTHING,
    role: 'actor' as const,
    name: 'wardog',
    parent: 'THESHIRE',
    refId: 'S-1-5-21-1-2-3-500',
  }
  expect(asked(makeHref('/t/ledger', actor))).toEqual({
    type: 'account',
    login: 'wardog',
    repository: 'THESHIRE',
    sid: 'S-1-5-21-1-2-3-500',
    display_name: 'wardog',
    back: 'unmatched',
  })
})

test('who is known by a SID only gets it as login too, for want of another name', () => {
  const actor = { ...NOTHING, role: 'actor' as const, name: 'S-1-5-18' }
  expect(asked(makeHref('/t/ledger', actor))).toMatchObject({ login: 'S-1-5-18', sid: 'S-1-5-18' })
})

test('a target is made of its own type, and of an account where nobody knows the type', () => {
  const target = { ...NOTHING, role: 'target' as const, type: 'group', name: 'Domain Admins', parent: 'CORP' }
  expect(asked(makeHref('/t/ledger', target))).toMatchObject({
    type: 'group',
    name: 'Domain Admins',
    repository: 'CORP',
  })
  expect(asked(makeHref('/t/ledger', { ...target, type: 'door' }))).toMatchObject({ type: 'account' })
  expect(asked(explainHref('t', { ...target, type: 'door' }))).toEqual({
    for: 'undetermined',
    name: 'Domain Admins',
    parent: 'CORP',
    origin: 'silo:windows',
  })
})
