import { describe, expect, it } from 'vitest'
import { rangeBetween, toSegments, toSlots, widen } from './histogram-slots'

const HOUR_MS = 3_600_000
const histogram = {
  from: '2026-11-20T10:00:00.000Z',
  to: '2026-11-20T12:30:00.000Z',
  stepMs: HOUR_MS,
  bars: [
    { at: '2026-11-20T10:00:00.000Z', levels: { info: 90, critical: 10 } },
    { at: '2026-11-20T12:00:00.000Z', levels: { info: 1 } },
  ],
  exact: true,
}

describe('the steps of a histogram', () => {
  const slots = toSlots(histogram)
  it('are all there, the empty ones too, and end with the range', () => {
    expect(slots.map(({ total }) => total)).toEqual([100, 0, 1])
    expect(slots[2]).toMatchObject({ from: '2026-11-20T12:00:00.000Z', to: '2026-11-20T12:30:00.000Z' })
  })
  it('stand on what is worst', () =>
    expect(slots[0]?.levels.map(([level]) => level)).toEqual(['critical', 'info']))
  it('make a range in either direction', () =>
    expect(rangeBetween(slots, 2, 0)).toEqual({ from: histogram.from, to: histogram.to }))
})

describe('the parts of a bar', () => {
  it('fill the height for the most, and never leave it', () => {
    const [ground, top] = toSegments(
      {
        from: '',
        to: '',
        total: 100,
        levels: [
          ['critical', 10],
          ['info', 90],
        ],
      },
      100,
    )
    expect((ground?.y ?? 0) + (ground?.height ?? 0)).toBe(100)
    expect(top?.y).toBeCloseTo(0)
    expect(top?.height).toBeGreaterThan(ground?.height ?? 0)
  })
  it('show a single event among a million', () =>
    expect(
      toSegments({ from: '', to: '', total: 1, levels: [['error', 1]] }, 1e6)[0]?.height,
    ).toBeGreaterThan(2))
})

describe('a wider range', () => {
  const range = { from: '2026-11-20T10:00:00.000Z', to: '2026-11-20T12:00:00.000Z' }
  it('grows on both sides', () =>
    expect(widen(range, Date.parse('2027-01-01T00:00:00Z'))).toEqual({
      from: '2026-11-20T09:00:00.000Z',
      to: '2026-11-20T13:00:00.000Z',
    }))
  it('grows into the past only where it ends now', () =>
    expect(widen(range, Date.parse('2026-11-20T12:00:00Z'))).toEqual({
      from: '2026-11-20T08:00:00.000Z',
      to: '2026-11-20T12:00:00.000Z',
    }))
})
