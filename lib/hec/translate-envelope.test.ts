import fc from 'fast-check'
import { expect, test } from 'vitest'
import { acceptEvent } from '@/lib/event/accept-event'
import { HecRefusal } from './hec-answer'
import { translateEnvelope } from './translate-envelope'

const RECEIVED_AT = '2026-11-20T00:00:00.000Z'
const translate = (envelope: Record<string, unknown>) => translateEnvelope(envelope).event

test('a text is the message, the envelope tells when, where from and which log', () => {
  const event = translate({
    time: '1767225600.5',
    host: 'web-1',
    source: '/var/log/auth.log',
    sourcetype: 'linux:secure',
    index: 'main',
    fields: { region: 'eu' },
    event: 'session opened for ada',
  })
  expect(event).toEqual({
    type: 'linux.secure',
    action: 'logged',
    message: 'session opened for ada',
    occurredAt: '2026-01-01T00:00:00.500Z',
    source: 'web-1',
    data: {
      source: '/var/log/auth.log',
      sourcetype: 'linux:secure',
      index: 'main',
      fields: { region: 'eu' },
    },
  })
})

test("an object's well-known names become our fields, and it stays whole in data", () => {
  const sent = {
    msg: 'ada changed a role',
    severity: 'WARN',
    action: 'modified',
    status: 'failure',
    user: 'ada',
    user_id: 42,
    src_ip: '203.0.113.9',
    object: 'editors',
    object_category: 'group',
    dest: 'ldap.acme.com',
    extra: { a: [1, null] },
  }
  expect(translate({ event: sent })).toEqual({
    type: 'splunk',
    message: 'ada changed a role',
    level: 'warning',
    action: 'modified',
    status: 'fail',
    actor: { login: 'ada', id: '42', ip: '203.0.113.9' },
    targets: [{ type: 'group', name: 'editors' }],
    destination: 'ldap.acme.com',
    data: { event: sent },
  })
})

test("the wrapping of Splunk's own loggers is looked through", () => {
  expect(
    translate({ event: { message: { user: 'ada', action: 'signed in' }, severity: 'error' } }),
  ).toMatchObject({
    action: 'signed in',
    level: 'error',
    actor: { login: 'ada' },
  })
  const own = { type: 'account', action: 'signed in', actor: { login: 'ada' } }
  expect(translate({ event: { message: own, severity: 'error' } })).toEqual({ ...own, level: 'error' })
})

test('an event in our own words is taken as it is; the envelope fills only what is missing', () => {
  const own = { type: 'account', action: 'signed in', targets: [{ name: 'x' }], data: { hec: 1 } }
  expect(translate({ time: 0, host: 'h', event: own })).toEqual({
    ...own,
    occurredAt: '1970-01-01T00:00:00.000Z',
    source: 'h',
  })
  expect(translate({ index: 'i', event: { ...own, source: 's' } })).toEqual({
    ...own,
    source: 's',
    data: { hec: { index: 'i', hec: 1 } },
  })
})

test('an event with a type and an action of another meaning is not taken for ours', () => {
  const foreign = { type: 'Widget', action: 'x', colour: 'red' }
  expect(translate({ event: foreign })).toEqual({ type: 'splunk', action: 'x', data: { event: foreign } })
  const reserved = { type: 'trail.x', action: 'y' }
  expect(translate({ event: reserved })).toEqual({ type: 'splunk', action: 'y', data: { event: reserved } })
})

test('text that is a JSON object is read as one', () => {
  expect(translate({ event: ' {"user":"ada","n":9007199254740993}' })).toMatchObject({
    actor: { login: 'ada' },
    data: { event: { n: '9007199254740993' } },
  })
  expect(translate({ event: '{"user":' }).message).toBe('{"user":')
})

test('what a field cannot hold is cut there and whole in data', () => {
  const message = 'x'.repeat(20_000)
  const host = 'h'.repeat(3000)
  const event = translate({ host, event: message })
  expect(event.message).toHaveLength(16_384)
  expect(event.source).toHaveLength(1024)
  expect(event.data).toEqual({ host, event: message })
})

test('an event that nests deeper than ours may keeps its depths as text', () => {
  const deep = JSON.parse(`${'{"a":'.repeat(40)}1${'}'.repeat(40)}`)
  const { event } = translateEnvelope({ event: deep })
  expect(acceptEvent(event, RECEIVED_AT)).toHaveProperty('accepted')
  expect(JSON.stringify(event)).toContain('\\"a\\":1')
})

test.each<[Record<string, unknown>, number]>([
  [{}, 12],
  [{ event: null }, 12],
  [{ event: '' }, 13],
  [{ event: ' \n' }, 13],
  [{ event: {} }, 13],
  [{ event: 'x', fields: { a: { b: 1 } } }, 15],
  [{ event: 'x', fields: 'a' }, 15],
  [{ event: 'x', time: 'noon' }, 6],
  [{ event: 'x', host: { a: 1 } }, 6],
  [{ event: 'x', sourcetype: ['a'] }, 6],
])('%j is refused with code %i', (envelope, code) => {
  expect(() => translateEnvelope(envelope)).toThrow(expect.objectContaining({ code }))
})

test('whatever an envelope holds, it is taken whole by the door or refused by a code', () => {
  const names = fc.constantFrom(
    'event',
    'time',
    'host',
    'source',
    'sourcetype',
    'fields',
    'message',
    'level',
    'x',
  )
  const inner = fc.constantFrom(
    'type',
    'action',
    'message',
    'severity',
    'user',
    'src_ip',
    'status',
    'toString',
    '__proto__',
  )
  const value = fc.oneof(
    fc.jsonValue({ maxDepth: 4, noUnicodeString: false }),
    fc.dictionary(inner, fc.jsonValue()),
  )
  fc.assert(
    fc.property(fc.dictionary(names, value), (sent) => {
      const envelope = JSON.parse(JSON.stringify(sent))
      try {
        const { event } = translateEnvelope(envelope)
        const acceptance = acceptEvent(event, RECEIVED_AT)
        if ('violations' in acceptance)
          expect(['nul', 'lone_surrogate', 'number_range']).toContain(acceptance.violations[0]?.code)
      } catch (error) {
        expect(error).toBeInstanceOf(HecRefusal)
      }
    }),
    { numRuns: 300 },
  )
}, 30_000)
