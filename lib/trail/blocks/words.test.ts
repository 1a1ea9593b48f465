import fc from 'fast-check'
import { expect, test } from 'vitest'
import { splitSought, splitText } from './words'

test('words in lower case, marks by themselves, in order', () => {
  expect(splitText('User12 signed_in@Host.EXAMPLE  (日本語)')).toEqual([
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

test('every part that is sought stands inside a part of any text that contains what is sought', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: 'grapheme' }),
      fc.nat(20),
      fc.integer({ min: 1, max: 20 }),
      (text, from, length) => {
        const parts = splitText(text)
        const chars = [...text]
        for (const sought of splitSought(chars.slice(from, from + length).join('')))
          expect(parts.some((part) => part.includes(sought))).toBe(true)
      },
    ),
    { numRuns: 2000 },
  )
})
