import { expect, test } from 'vitest'
import { safePath } from './safe-path'

test.each(['/', '/acme/trail', '/acme/trail?level=error&q=a%20b', '/acme/trail#row'])(
  '%s is kept',
  (path) => {
    expect(safePath(path)).toBe(path)
  },
)

test.each([
  'https://evil.example/',
  '//evil.example',
  '/\\evil.example',
  '\\\\evil.example',
  '/\t/evil.example',
  '/\n/evil.example',
  '/.//evil.example',
  '/a/..//evil.example',
  '/%2e//evil.example',
  'javascript:alert(1)',
  ' /acme',
  'acme',
  '',
  undefined,
  ['/acme'],
])('%j leads nowhere else', (path) => {
  const safe = safePath(path)
  expect(safe).toBe('/')
})
