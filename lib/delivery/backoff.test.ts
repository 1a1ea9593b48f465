import { expect, test } from 'vitest'
import { backoffMs } from './backoff'

test('the bound doubles from 5 s to a quarter of an hour, and the wait lies anywhere below it', () => {
  const bounds = Array.from({ length: 12 }, (_, i) => backoffMs(i + 1, 1))
  expect(bounds.slice(0, 9)).toEqual([
    5_000, 10_000, 20_000, 40_000, 80_000, 160_000, 320_000, 640_000, 900_000,
  ])
  expect(bounds.slice(9)).toEqual([900_000, 900_000, 900_000])
  expect(backoffMs(1_000_000, 0.5)).toBe(450_000)
  expect(backoffMs(3, 0)).toBe(1_000)
})

test('a receiver that asks for longer gets it', () => {
  expect(backoffMs(1, 0.5, 60_000)).toBe(60_000)
  expect(backoffMs(9, 1, 60_000)).toBe(900_000)
})
