import { expect, test } from 'vitest'
import { requireStorable } from './require-storable'

test('what PostgreSQL cannot store is refused wherever it stands, also as a name', () => {
  for (const value of ['\0', ['a', ['\ud800']], { a: { b: 'x\0' } }, { 'x\0': 1 }])
    expect(() => requireStorable(value)).toThrow('cannot be stored')
  requireStorable({ a: ['ü', 1, null, true, { b: '😀' }] })
})
