import { expect, test } from 'vitest'
import { checkSlug, suggestSlug } from './slug'

test.each(['acme', 'a-1', '007', 'acme-eu-west', 'a'.repeat(40)])('%s is an address', (slug) => {
  expect(checkSlug(slug)).toBeUndefined()
})

test.each([
  '',
  'ab',
  'a'.repeat(41),
  'Acme',
  'ac me',
  '-acme',
  'acme-',
  'ac--me',
  'acmé',
  'a/b',
  'a.b',
  'аcme',
  '..',
])('%j is no address', (slug) => {
  expect(checkSlug(slug)).toMatch(/\.$/)
})

test.each(['instance', 'api', 'sign-in', 'sign-up', 'settings', 'log', 'docs'])('%s is reserved', (slug) => {
  expect(checkSlug(slug)).toContain('reserved')
})

test.each([
  ['Acme', 'acme'],
  ['  Acme & Sons, Ltd. ', 'acme-sons-ltd'],
  ['Ærø Café GmbH', 'aeroe-cafe-gmbh'],
  ['Docs', 'docs-workspace'],
  ['X', 'x-workspace'],
  ['???', ''],
])('%j suggests %j', (name, slug) => {
  expect(suggestSlug(name)).toBe(slug)
})

test('a suggestion, if there is one, is always an address', () => {
  for (const name of ['a', 'Log', 'x'.repeat(90), `${'y'.repeat(39)} z`, 'Ä', '日本 Trading', 'a - - b']) {
    expect(checkSlug(suggestSlug(name))).toBeUndefined()
  }
})
