import fc from 'fast-check'
import { expect, test } from 'vitest'
import { splitSought, splitText } from './words'

test('words in lower case, marks by themselves, in order', () => {
  expect(splitText('User12 signed_in@Host.EXAMPLE  (日本語)').parts).toEqual([
    'user12',
    'signed',
    '_',
    'in',
    '@',
    'host',
    '.',
    'example',
    '(',
    '日本語',
    ')',
  ])
})

/** Words, marks, white space, letters whose case is disputed, and anything else. */
const text = fc
  .array(
    fc.oneof(
      fc.constantFrom('a', 'B', 'ß', 'İ', 'Σ', 'σ', 'ς', '\u212a', ' ', '  ', '-', '@', '\u2028', '𐐀'),
      fc.string({ unit: 'grapheme', maxLength: 2 }),
    ),
    { maxLength: 14 },
  )
  .map((pieces) => pieces.join(''))

test('every part and seam that is sought stands in any text that contains what is sought', () => {
  fc.assert(
    fc.property(text, fc.nat(20), fc.integer({ min: 1, max: 20 }), (whole, from, length) => {
      const indexed = splitText(whole)
      const sought = splitSought([...whole].slice(from, from + length).join(''))
      for (const part of sought.parts) expect(indexed.parts.some((each) => each.includes(part))).toBe(true)
      for (const seam of sought.seams) expect(indexed.seams).toContain(seam)
    }),
    { numRuns: 20_000 },
  )
})

test('a phrase is told from words that stand elsewhere', () => {
  const { seams } = splitText('user1 deleted object-7')
  for (const seam of splitSought('ted obj').seams) expect(seams).toContain(seam)
  expect(splitSought('user1 object').seams).toEqual(['r1 ob'])
  expect(seams).not.toContain('r1 ob')
})
