import type { JsonObject } from '@bufbuild/protobuf'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { AppError } from '@/lib/errors/app-error'
import { acceptEvent } from '@/lib/event/accept-event'
import { readGroup } from './log-group'
import { readJsonLogs } from './read-json-logs'
import { readProtobufLogs } from './read-protobuf-logs'
import { type JsonRequest, toProtobufRequest } from './testing/protobuf-request'
import { translateLog } from './translate-log'

const NOBODY = readGroup({
  resource: undefined,
  resourceSchemaUrl: undefined,
  scope: undefined,
  scopeSchemaUrl: undefined,
})
const translate = (record: unknown) => translateLog(record, NOBODY)
const text = (stringValue: string) => ({ stringValue })
const attribute = (key: string, value: JsonObject) => ({ key, value })

const REQUEST: JsonRequest = {
  resourceLogs: [
    {
      resource: {
        attributes: [attribute('service.name', text('billing')), attribute('host.name', text('web-1'))],
      },
      schemaUrl: 'https://opentelemetry.io/schemas/1.29.0',
      scopeLogs: [
        {
          scope: { name: 'Acme Billing', version: '2.1', attributes: [attribute('team', text('money'))] },
          logRecords: [
            {
              timeUnixNano: '1767225600123456789',
              observedTimeUnixNano: '1767225601000000000',
              severityNumber: 13,
              severityText: 'WARN',
              eventName: 'invoice.refunded',
              body: text('ada refunded invoice 7'),
              traceId: '0af7651916cd43dd8448eb211c80319c',
              spanId: 'b7ad6b7169203331',
              flags: 1,
              attributes: [
                attribute('user.name', text('ada')),
                attribute('user.id', text('u1')),
                attribute('client.address', text('203.0.113.9')),
                attribute('session.id', text('s1')),
                attribute('user_agent.original', text('curl/8')),
                attribute('event.outcome', text('success')),
                attribute('log.record.uid', text('01JG')),
                attribute('amount', { doubleValue: 12.5 }),
                attribute('count', { intValue: '3' }),
                attribute('large', { intValue: '9007199254740993' }),
                attribute('ratio', { doubleValue: 'NaN' }),
                attribute('paid', { boolValue: false }),
                attribute('raw', { bytesValue: 'AQID' }),
                attribute('none', {}),
                attribute('list', { arrayValue: { values: [{ intValue: '1' }, text('b')] } }),
                attribute('map', { kvlistValue: { values: [attribute('a.b', text('c'))] } }),
              ],
            },
          ],
        },
      ],
    },
  ],
}

const EVENT = {
  type: 'acme.billing',
  action: 'invoice.refunded',
  code: 'invoice.refunded',
  level: 'warning',
  status: 'success',
  message: 'ada refunded invoice 7',
  occurredAt: '2026-01-01T00:00:00.123456789Z',
  source: 'billing',
  actor: { login: 'ada', id: 'u1', sessionId: 's1', ip: '203.0.113.9', userAgent: 'curl/8' },
  dataSource: 'billing',
  externalRef: '01JG',
  data: {
    resource: { 'service.name': 'billing', 'host.name': 'web-1' },
    resourceSchemaUrl: 'https://opentelemetry.io/schemas/1.29.0',
    scope: { name: 'Acme Billing', version: '2.1', attributes: { team: 'money' } },
    attributes: {
      'user.name': 'ada',
      'user.id': 'u1',
      'client.address': '203.0.113.9',
      'session.id': 's1',
      'user_agent.original': 'curl/8',
      'event.outcome': 'success',
      'log.record.uid': '01JG',
      amount: 12.5,
      count: 3,
      large: '9007199254740993',
      ratio: 'NaN',
      paid: false,
      raw: 'AQID',
      none: null,
      list: [1, 'b'],
      map: { 'a.b': 'c' },
    },
    severityNumber: 13,
    severityText: 'WARN',
    observedAt: '2026-01-01T00:00:01.000Z',
    traceId: '0af7651916cd43dd8448eb211c80319c',
    spanId: 'b7ad6b7169203331',
    flags: 1,
  },
}

test.each([
  ['JSON', () => readJsonLogs(Buffer.from(JSON.stringify(REQUEST)))],
  ['protobuf', () => readProtobufLogs(toProtobufRequest(REQUEST))],
])('a record as %s becomes the event that says the same, whole', (_, read) => {
  const events = [...read()].map(({ group, readRecord }) => translateLog(readRecord(), group))
  expect(events).toEqual([EVENT])
})

test.each([
  [0, 'FATAL', 'critical'],
  [1, '', 'trace'],
  [8, '', 'debug'],
  [9, '', 'info'],
  [10, '', 'notice'],
  [12, '', 'notice'],
  [13, 'error', 'warning'],
  [20, '', 'error'],
  [24, '', 'critical'],
  [0, 'whatever', undefined],
])('severity %i "%s" is the level %s', (severityNumber, severityText, level) => {
  expect(translate({ severityNumber, severityText }).level).toBe(level)
})

test('a record without a time happened when it was observed; one with neither when it is received', () => {
  expect(translate({ timeUnixNano: '0', observedTimeUnixNano: '1767225600000000000' }).occurredAt).toBe(
    '2026-01-01T00:00:00.000Z',
  )
  expect(translate({}).occurredAt).toBeUndefined()
})

test('a body that is no text stays in data; one that is too long is whole there', () => {
  expect(translate({ body: { intValue: '0' } })).toMatchObject({ message: '0', data: { body: 0 } })
  const map = { kvlistValue: { values: [attribute('a', text('b'))] } }
  expect(translate({ body: map })).toEqual({ type: 'otlp', action: 'logged', data: { body: { a: 'b' } } })
  const long = 'x'.repeat(20_000)
  const event = translate({ body: text(long) })
  expect(event.message).toHaveLength(16_384)
  expect(event.data).toEqual({ body: long })
  expect(translate({ body: text('short') }).data).toBeUndefined()
})

test('an event name in an attribute, as before it had a field, is the action', () => {
  expect(translate({ attributes: [attribute('event.name', text('user.created'))] })).toMatchObject({
    action: 'user.created',
    code: 'user.created',
  })
})

test.each([
  null,
  'text',
  { timeUnixNano: 'noon' },
  { timeUnixNano: { toString: 1 } },
  { body: { stringValue: { toString: 1 } } },
  { attributes: {} },
  { attributes: ['a'] },
  { attributes: [{ key: 1 }] },
  { body: 'text' },
  { body: { arrayValue: { values: 'a' } } },
  { body: { intValue: {} } },
])('%j is refused in words', (record) => {
  expect(() => translate(record)).toThrow(AppError)
})

test('whatever a record holds, it is taken by the door or refused', () => {
  const names = fc.constantFrom(
    'body',
    'attributes',
    'timeUnixNano',
    'severityNumber',
    'severityText',
    'eventName',
    'traceId',
  )
  const kinds = fc.constantFrom(
    'stringValue',
    'intValue',
    'doubleValue',
    'boolValue',
    'bytesValue',
    'arrayValue',
  )
  const anyValue = fc.dictionary(kinds, fc.jsonValue({ maxDepth: 2 }), { maxKeys: 1 })
  const keys = fc.constantFrom('user.name', 'client.address', 'log.record.uid', '__proto__', 'x')
  const attributes = fc.array(fc.record({ key: keys, value: anyValue }))
  fc.assert(
    fc.property(fc.dictionary(names, fc.oneof(fc.jsonValue(), anyValue, attributes)), (record) => {
      try {
        const acceptance = acceptEvent(translate(record), '2026-11-20T00:00:00.000Z')
        if ('violations' in acceptance)
          expect(['nul', 'lone_surrogate', 'number_range']).toContain(acceptance.violations[0]?.code)
      } catch (error) {
        expect(error).toBeInstanceOf(AppError)
      }
    }),
    { numRuns: 2000 },
  )
})

test('whatever bytes are sent as protobuf, they are read or refused in words', () => {
  const whole = toProtobufRequest(REQUEST)
  const broken = fc
    .tuple(fc.nat(whole.length - 1), fc.nat(255), fc.nat(whole.length))
    .map(([at, byte, length]) => {
      const copy = Buffer.from(whole)
      copy[at] = byte
      return copy.subarray(0, length)
    })
  fc.assert(
    fc.property(fc.oneof(fc.uint8Array({ maxLength: 200 }), broken), (bytes) => {
      try {
        for (const { group, readRecord } of readProtobufLogs(Buffer.from(bytes)))
          translateLog(readRecord(), group)
      } catch (error) {
        expect(error).toBeInstanceOf(AppError)
      }
    }),
    { numRuns: 3000 },
  )
})

test('values that nest without end are refused, in both encodings', () => {
  let value: { arrayValue: { values: object[] } } = { arrayValue: { values: [] } }
  for (let i = 0; i < 5000; i++) value = { arrayValue: { values: [value] } }
  expect(() => translate({ body: value })).toThrow(AppError)
})
