import fc from 'fast-check'
import { expect, test } from 'vitest'
import { decodeFacets, decodeTimes, encodeTimes, FacetColumns, mergeFacets, type StoredBody } from './columns'
import { BLOCK_EVENTS } from './layout'

/** Moments that jump: forwards, back by years, not at all. */
const steps = fc.array(fc.integer({ min: -1e13, max: 1e13 }), {
  minLength: BLOCK_EVENTS,
  maxLength: BLOCK_EVENTS,
})

test('moments come back to the millisecond, also those of neighbouring blocks', () => {
  fc.assert(
    fc.property(steps, steps, (first, second) => {
      const both = Buffer.concat([
        encodeTimes(Float64Array.from(first)),
        encodeTimes(Float64Array.from(second)),
      ])
      expect([...decodeTimes(both, 2)]).toEqual([...first, ...second])
    }),
    { numRuns: 10 },
  )
})

const eventAt = (i: number): StoredBody => ({
  type: 'test',
  action: `action ${i % 3}`,
  level: i % 5 === 0 ? 'error' : 'info',
  occurredAt: '2026-01-01T00:00:00.000Z',
  actor: i % 2 === 0 ? { login: `user${i}` } : { id: 'an "id"' },
})

function encodeEvents(first: number): Buffer {
  const columns = new FacetColumns(BLOCK_EVENTS)
  for (let place = 0; place < BLOCK_EVENTS; place++) columns.add(eventAt(first + place), place)
  return columns.encode()
}

test('facets come back, also merged: values in thousands, values alone, no value', () => {
  const merged = mergeFacets([encodeEvents(0), encodeEvents(BLOCK_EVENTS)])
  const decoded = decodeFacets(merged, 2 * BLOCK_EVENTS)
  for (let place = 0; place < 2 * BLOCK_EVENTS; place++) {
    const event = eventAt(place)
    const at = (name: keyof typeof decoded) => decoded[name].values[decoded[name].codes[place] as number]
    expect(at('actor')).toBe(event.actor?.login ?? event.actor?.id)
    expect(at('action')).toBe(event.action)
    expect(at('level')).toBe(event.level)
    expect(at('type')).toBe('test')
    expect(at('status')).toBeNull()
  }
})
