import { expect, test } from 'vitest'
import { addSample, type PaceSample, paceOf } from './run-pace'

const at = (seconds: number, rows: number): PaceSample => ({
  at: seconds * 1000,
  rows,
  readBytes: rows * 100,
})

test('the pace is that of the last quarter of a minute', () => {
  const slowThenFast = [at(0, 0), at(10, 10), at(20, 20), at(22, 4020), at(30, 20_020)]
  const samples = slowThenFast.reduce<PaceSample[]>(addSample, [])
  expect(samples[0]).toEqual(at(20, 20))
  expect(paceOf(samples, 4_002_000)).toEqual({ rowsPerSecond: 2000, secondsLeft: 10 })
})

test('one look tells no pace, and a run that stands has no end', () => {
  expect(paceOf([at(1, 50)], 10_000)).toBeNull()
  expect(paceOf([at(1, 50), at(3, 50)], 10_000)).toEqual({ rowsPerSecond: 0, secondsLeft: null })
})

test('a run that begins anew forgets the pace of the one before', () => {
  expect(addSample([at(1, 500), at(2, 900)], at(3, 10))).toEqual([at(3, 10)])
})
