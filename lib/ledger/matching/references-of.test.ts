import { expect, test } from 'vitest'
import { referencesOf } from './references-of'

test('actors are named by login, identity or id, targets by name or id, each with what stands around it', () => {
  const found = referencesOf('token:t', {
    actor: { login: 'jdoe', repository: 'ACME' },
    targets: [{ type: 'group', name: 'Sales', parent: 'ACME' }, { id: '7' }, { type: 'file' }],
  })
  expect(found.actor).toMatchObject({ role: 'actor', name: 'jdoe', parent: 'ACME', identity: null })
  expect(found.targets).toMatchObject([
    { role: 'target', type: 'group', name: 'Sales', parent: 'ACME' },
    { type: null, name: null, refId: '7' },
    null,
  ])
})

test('a hyphen by itself names nobody', () => {
  expect(
    referencesOf('silo:s', { actor: { login: '-', repository: '-' }, targets: [{ name: '-' }] }),
  ).toEqual({
    actor: null,
    targets: [null],
  })
  expect(referencesOf('silo:s', { actor: { login: 'SYSTEM', repository: '-' } }).actor).toMatchObject({
    name: 'SYSTEM',
    parent: null,
  })
})
