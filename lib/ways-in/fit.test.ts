import fc from 'fast-check'
import { expect, test } from 'vitest'
import { fitDepth, fitText, toTypeName } from './fit'

test('a cut text is well-formed, within its limit, and the beginning of the whole', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), fc.nat(20), (text, max) => {
      const cut = fitText(text, max)
      expect(cut.length).toBeLessThanOrEqual(max)
      expect(cut.isWellFormed()).toBe(true)
      expect(text.startsWith(cut)).toBe(true)
    }),
  )
})

test.each([
  ['aws:cloudtrail', 'aws.cloudtrail'],
  ['_json', '_json'],
  ['WinEventLog:Security', 'wineventlog.security'],
  ['My Logger / main', 'my.logger.main'],
  ['trail.sealed', 'foreign.trail.sealed'],
  ['日本', 'foreign'],
  ['...', 'foreign'],
  ['', 'foreign'],
  [undefined, 'foreign'],
])('the name %s is the type %s', (name, type) => {
  expect(toTypeName(name, 'foreign')).toBe(type)
})

test('every name gives a type that the door takes', () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 200 }), (name) => {
      expect(toTypeName(name, 'foreign')).toMatch(/^(?!trail\.)[a-z0-9._-]{1,64}$/)
    }),
  )
})

test('what nests too deep becomes its JSON text, and nothing else changes', () => {
  expect(fitDepth({ a: { b: { c: [1] } }, d: 'x' }, 2)).toEqual({ a: { b: '{"c":[1]}' }, d: 'x' })
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 4 }), (value) => {
      expect(fitDepth(value, 15)).toEqual(value)
    }),
  )
})
