import { describe, expect, test } from 'vitest'
import { acceptEvent, MAX_EVENT_BYTES } from './accept-event'
import { EVENT_FIELDS } from './event-input'
import { nearestName } from './nearest-name'

const NOW = '2026-11-20T22:38:00.123Z'
const event = (more: Record<string, unknown> = {}) => ({ type: 'account', action: 'signed in', ...more })

function violationsOf(value: unknown) {
  const acceptance = acceptEvent(value, NOW)
  return 'violations' in acceptance ? acceptance.violations : []
}

test('an accepted event is kept as sent, with its defaults', () => {
  const sent = event({ data: { b: 1, a: [true, null] }, actor: { login: 'jdoe' } })
  const acceptance = acceptEvent(structuredClone(sent), NOW)
  expect(acceptance).toEqual({
    accepted: {
      event: { ...sent, level: 'info', occurredAt: NOW },
      body: JSON.stringify({ ...sent, level: 'info', occurredAt: NOW }),
    },
  })
})

test('an unknown field is rejected with the nearest known name', () => {
  expect(violationsOf(event({ occuredAt: NOW }))).toEqual([
    {
      pointer: '/occuredAt',
      code: 'unknown_field',
      detail: expect.stringContaining('did you mean occurredAt?'),
    },
  ])
  expect(violationsOf(event({ actor: { user_agent: 'x' } }))[0]).toMatchObject({
    pointer: '/actor/user_agent',
    detail: expect.stringContaining('did you mean userAgent?'),
  })
})

test.each([
  ['no object', 7, ''],
  ['type missing', { action: 'x' }, '/type'],
  ['type in upper case', event({ type: 'Account' }), '/type'],
  ['level unknown', event({ level: 'loud' }), '/level'],
  ['status unknown', event({ status: 'ok' }), '/status'],
  ['address no address', event({ actor: { ip: '1.2.3' } }), '/actor/ip'],
  ['address with a zone', event({ actor: { ip: 'fe80::1%eth0' } }), '/actor/ip'],
  ['count zero', event({ count: 0 }), '/count'],
  ['count broken', event({ count: 1.5 }), '/count'],
  ['time without zone', event({ occurredAt: '2026-11-20T22:38:00' }), '/occurredAt'],
  ['30 February', event({ occurredAt: '2026-02-30T00:00:00Z' }), '/occurredAt'],
  ['year 0000', event({ occurredAt: '0000-01-01T00:00:00Z' }), '/occurredAt'],
  ['year 10000 by its zone', event({ occurredAt: '9999-12-31T23:59:59-12:00' }), '/occurredAt'],
  ['17 targets', event({ targets: Array(17).fill({ name: 'x' }) }), '/targets'],
  ['data an array', event({ data: [] }), '/data'],
  ['data null', event({ data: null }), '/data'],
  ['a server field', event({ seq: 1 }), '/seq'],
  ['a reserved type', event({ type: 'trail.log' }), '/type'],
  ['a reserved action', event({ action: 'trail.redaction' }), '/action'],
  ['U+0000 in a value', event({ data: { a: ['x\0'] } }), '/data/a/0'],
  ['U+0000 in a name', event({ data: { 'a\0': 1 } }), '/data/a\0'],
  ['half a surrogate', event({ message: '\ud800' }), '/message'],
  ['an integer beyond 2^53', event({ data: { n: 2 ** 53 } }), '/data/n'],
  ['an infinite number', event({ data: JSON.parse('{"n":1e999}') }), '/data/n'],
  [
    '__proto__ in custom',
    JSON.parse('{"type":"a","action":"b","custom":{"__proto__":{"x":[1]}}}'),
    '/custom/__proto__',
  ],
  ['level null', event({ level: null }), '/level'],
  ['its own __proto__', JSON.parse('{"type":"a","action":"b","__proto__":{}}'), '/__proto__'],
])('rejected with the place: %s', (_name, value, pointer) => {
  expect(violationsOf(value)[0]?.pointer).toBe(pointer)
})

describe('limits', () => {
  const nested = (levels: number): unknown => (levels === 0 ? 1 : { a: nested(levels - 1) })

  test('16 levels are taken, 17 are not', () => {
    expect(violationsOf(event({ data: nested(15) }))).toEqual([])
    expect(violationsOf(event({ data: nested(16) }))[0]?.code).toBe('too_deep')
  })

  test('nesting deeper than the stack is a rejection, not a crash', () => {
    const deep = JSON.parse(`${'{"a":'.repeat(200_000)}1${'}'.repeat(200_000)}`)
    expect(violationsOf(event({ data: deep }))[0]?.code).toBe('too_deep')
  })

  test('256 KiB are taken, a byte more is not', () => {
    const size = (text: string) =>
      Buffer.byteLength(JSON.stringify(event({ data: { text }, level: 'info', occurredAt: NOW })))
    const room = MAX_EVENT_BYTES - size('')
    expect(violationsOf(event({ data: { text: 'x'.repeat(room) } }))).toEqual([])
    expect(violationsOf(event({ data: { text: 'x'.repeat(room + 1) } }))[0]?.code).toBe('too_large')
  })
})

test('two hundred thousand unknown names cost no more than a few', () => {
  const many = Object.fromEntries(Array.from({ length: 200_000 }, (_, i) => [`unknown${i}`, 1]))
  const start = performance.now()
  expect(violationsOf(event(many))[0]?.code).toBe('too_large')
  const some = Object.fromEntries(Object.entries(many).slice(0, 10_000))
  expect(violationsOf(event(some))).toHaveLength(10)
  // Each name with its nearest known one took 25 µs: five seconds for all.
  expect(performance.now() - start).toBeLessThan(3000)
})

test('a __proto__ inside data is data, and changes no prototype', () => {
  const acceptance = acceptEvent(
    JSON.parse('{"type":"a","action":"b","data":{"__proto__":{"polluted":1}}}'),
    NOW,
  )
  expect('accepted' in acceptance && acceptance.accepted.body).toContain('"__proto__":{"polluted":1}')
  expect(({} as { polluted?: number }).polluted).toBeUndefined()
})

test('the nearest name forgives case, separators and slips, and guesses no further', () => {
  expect(nearestName('data_source', EVENT_FIELDS)).toBe('dataSource')
  expect(nearestName('mesage', EVENT_FIELDS)).toBe('message')
  expect(nearestName('completely-different', EVENT_FIELDS)).toBeUndefined()
})
