import { expect, it } from 'vitest'
import { MAX_ROWS, putOnTop } from './live-rows'
import type { TrailRow } from './trail-row'

const rowOf = (seq: number): TrailRow => ({
  id: String(seq),
  seq,
  occurredAt: '2026-11-20T12:00:00.000Z',
  receivedAt: '2026-11-20T12:00:00.000Z',
  level: 'info',
  type: 'a',
  text: '',
  values: {},
})
const seqs = (rows: TrailRow[]) => rows.map(({ seq }) => seq)

it('puts what arrived on top, newest first, and nothing twice', () =>
  expect(seqs(putOnTop([3, 4, 2].map(rowOf), [2, 1].map(rowOf)))).toEqual([4, 3, 2, 1]))

it('keeps the newest when there are too many', () => {
  const many = Array.from({ length: MAX_ROWS + 20 }, (_, seq) => rowOf(seq))
  const kept = seqs(putOnTop(many, []))
  expect(kept).toHaveLength(MAX_ROWS)
  expect(kept[0]).toBe(MAX_ROWS + 19)
})
