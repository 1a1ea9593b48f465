import { expect, test } from 'vitest'
import { sourcesWords } from './sources-words'

const labels = { 'silo:windows': 'windows', 'token:1': 'billing' }

test('a policy says whose events it matches', () => {
  expect(sourcesWords({ isDefault: false, sources: [] }, labels)).toBe('nothing yet')
  expect(sourcesWords({ isDefault: true, sources: [] }, labels)).toBe('all sources without one of their own')
  expect(sourcesWords({ isDefault: true, sources: ['silo:windows'] }, labels)).toBe(
    'windows, and all without one of their own',
  )
  const many = ['silo:windows', 'token:1', 'token:2', 'console', 'system', 'silo:x']
  expect(sourcesWords({ isDefault: false, sources: many }, labels)).toBe(
    'windows, billing, token:2, console, 2 more',
  )
})
