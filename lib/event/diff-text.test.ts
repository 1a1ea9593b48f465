import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type DiffLine, diffText } from './diff-text'

const SIGNS = { same: ' ', removed: '-', added: '+' }
const textOf = ({ parts }: DiffLine) => parts.map(({ text }) => text).join('')
const shown = (lines: DiffLine[]) => lines.map((line) => `${SIGNS[line.kind]}${textOf(line)}`)
const side = (lines: DiffLine[], without: DiffLine['kind']) =>
  lines.filter(({ kind }) => kind !== without).map(textOf)

test('lines that stayed, went and came', () =>
  expect(shown(diffText('a\nb\nc', 'a\nc\nd'))).toEqual([' a', '-b', ' c', '+d']))

test('where a line replaces another, the words that differ are marked', () => {
  const lines = diffText('role of jdoe is viewer', 'role of jdoe is owner')
  expect(lines).toEqual([
    {
      kind: 'removed',
      parts: [
        { text: 'role of jdoe is ', isChanged: false },
        { text: 'viewer', isChanged: true },
      ],
    },
    {
      kind: 'added',
      parts: [
        { text: 'role of jdoe is ', isChanged: false },
        { text: 'owner', isChanged: true },
      ],
    },
  ])
})

test('lines with little in common are not torn into words', () => {
  for (const line of diffText('Locked', 'Standard'))
    expect(line.parts).toEqual([{ text: expect.any(String), isChanged: false }])
})

test('an empty text has no lines, a space at the end of a line counts', () => {
  expect(shown(diffText('', 'x'))).toEqual(['+x'])
  expect(shown(diffText('x ', 'x'))).toEqual(['-x ', '+x'])
})

test('both sides can be read off the result', () => {
  const text = fc.array(fc.constantFrom('a', 'b', 'a b', 'a c', ''), { maxLength: 12 })
  fc.assert(
    fc.property(text, text, (before, after) => {
      const [a, b] = [before.join('\n'), after.join('\n')]
      const lines = diffText(a, b)
      expect(side(lines, 'added')).toEqual(a === '' ? [] : before)
      expect(side(lines, 'removed')).toEqual(b === '' ? [] : after)
    }),
  )
})

test('the longest texts that differ throughout are compared within a second', () => {
  const long = (sign: string) => Array.from({ length: 8_000 }, (_, i) => `${sign}${i} x y`).join('\n')
  const words = (sign: string) => Array.from({ length: 10_000 }, (_, i) => `${sign}${i}`).join(' ')
  const start = performance.now()
  expect(diffText(long('a'), long('b'))).toHaveLength(16_000)
  expect(diffText(words('a'), words('b'))).toHaveLength(2)
  expect(performance.now() - start).toBeLessThan(1_000)
})
