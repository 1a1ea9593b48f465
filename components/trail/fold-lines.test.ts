import { expect, test } from 'vitest'
import { diffText } from '@/lib/event/diff-text'
import { foldLines } from './fold-lines'

const numbers = (count: number) => Array.from({ length: count }, (_, i) => `line ${i}`)
const shape = (before: string[], after: string[]) =>
  foldLines(diffText(before.join('\n'), after.join('\n'))).map(({ isFolded, lines }) =>
    isFolded ? `(${lines.length})` : lines.length,
  )

test('unchanged lines fold, but for three around a change', () => {
  const after = numbers(40).with(20, 'another')
  expect(shape(numbers(40), after)).toEqual(['(17)', 8, '(16)'])
})

test('a few unchanged lines between changes stay', () => {
  const after = numbers(12).with(0, 'first').with(11, 'last')
  expect(shape(numbers(12), after)).toEqual([5, '(4)', 5])
  expect(shape(numbers(11), numbers(11).with(0, 'first').with(10, 'last'))).toEqual([5, 3, 5])
})

test('what is beyond a page folds, changed or not, and nothing is left out', () => {
  expect(shape([], numbers(500))).toEqual([120, '(380)'])
})
