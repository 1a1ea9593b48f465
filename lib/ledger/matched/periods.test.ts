import { expect, test } from 'vitest'
import { ALWAYS, intersect, isWithin, unite } from './periods'

const p = (from: number, to: number) => ({ from, to })

test('periods that touch or overlap become one, and others stay apart', () => {
  expect(unite([p(5, 7), p(1, 3), p(3, 4), p(6, 9)])).toEqual([p(1, 4), p(5, 9)])
  expect(unite([p(1, 2), ALWAYS])).toEqual([ALWAYS])
})

test('an intersection has what is in both', () => {
  expect(intersect([p(0, 10), p(20, 30)], [p(5, 25)])).toEqual([p(5, 10), p(20, 25)])
  expect(intersect([ALWAYS], [p(5, 25)])).toEqual([p(5, 25)])
  expect(intersect([p(0, 1)], [p(1, 2)])).toEqual([])
})

test('a period has its beginning and not its end', () => {
  expect([1, 2, 3].map((at) => isWithin([p(1, 3)], at))).toEqual([true, true, false])
})
