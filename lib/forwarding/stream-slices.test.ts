import { expect, test } from 'vitest'
import { cutOut } from './stream-slices'

test('what was skipped is cut out of every part, wherever it begins and ends', () => {
  const filter = {}
  const slices = [
    { filter, from: 0, to: 10 },
    { filter, from: 10, to: 20 },
  ]
  const cut = (...ranges: [number, number][]) =>
    cutOut(
      slices,
      ranges.map(([from, to]) => ({ from, to })),
    ).map(({ from, to }) => [from, to])
  expect(cut()).toEqual([
    [0, 10],
    [10, 20],
  ])
  expect(cut([3, 5], [8, 12])).toEqual([
    [0, 3],
    [5, 8],
    [12, 20],
  ])
  expect(cut([0, 10], [15, 15])).toEqual([
    [10, 15],
    [15, 20],
  ])
  expect(cut([0, 99])).toEqual([])
})
