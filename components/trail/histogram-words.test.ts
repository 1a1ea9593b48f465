import { describe, expect, it } from 'vitest'
import type { Slot } from './histogram-slots'
import { axisLabels, countWords, rangeWords, slotWords, stepWords } from './histogram-words'

const slotOf = (from: string, to: string): Slot => ({ from, to, total: 0, levels: [] })

describe('a range in words', () => {
  const range = { from: '2026-11-20T22:00:00.000Z', to: '2026-11-20T23:00:00.000Z' }
  it('names the zone, and the date once', () =>
    expect(rangeWords(range, 'UTC')).toBe('2026-11-20 22:00:00 – 23:00:00 UTC'))
  it('names both dates where they differ in the zone shown', () =>
    expect(rangeWords(range, 'Europe/Zurich')).toBe('2026-11-20 23:00:00 – 2026-11-21 00:00:00 UTC+01:00'))
})

it('says of a bar all that it shows', () =>
  expect(
    slotWords(
      {
        ...slotOf('2026-11-20T22:00:00.000Z', '2026-11-20T23:00:00.000Z'),
        total: 1234,
        levels: [
          ['error', 34],
          ['info', 1200],
        ],
      },
      'UTC',
    ),
  ).toBe('2026-11-20 22:00:00 – 23:00:00 UTC: 1,234 events, 34 error, 1,200 info'))

describe('labels under the plot', () => {
  const labels = (from: string, to: string) => axisLabels([slotOf(from, to)], 'UTC', 1)
  it('are as fine as the range', () => {
    expect(labels('2026-01-01T00:00:00.000Z', '2026-03-02T00:00:00.000Z')).toEqual([
      '2026-01-01',
      '2026-01-31',
      '2026-03-02',
    ])
    expect(labels('2026-01-01T00:00:00.000Z', '2026-01-03T00:00:00.000Z')).toEqual([
      '01-01 00:00',
      '01-02 00:00',
      '01-03 00:00',
    ])
    expect(labels('2026-01-01T10:00:00.000Z', '2026-01-01T12:00:00.000Z')).toEqual([
      '10:00',
      '11:00',
      '12:00',
    ])
  })
  it('don’t say the same twice', () =>
    expect(labels('2026-01-01T10:00:00.000Z', '2026-01-01T10:00:00.001Z')).toEqual([
      '10:00:00.000',
      '',
      '10:00:00.001',
    ]))
})

it('counts', () =>
  expect([countWords(0), countWords(1), countWords(1234), stepWords(1), stepWords(3_600_000)]).toEqual([
    'no events',
    '1 event',
    '1,234 events',
    '1 ms',
    '1 h',
  ]))
