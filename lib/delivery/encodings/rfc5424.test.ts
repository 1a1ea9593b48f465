import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { outgoingEvent } from '@/lib/delivery/testing/outgoing'
import { LEVELS } from '@/lib/event/levels'
import { MIN_MESSAGE_BYTES, toSyslogMessage } from './rfc5424'
import { parseRfc5424 } from './testing/parse-rfc5424'
import { longEvent, sampleEvents } from './testing/sample-events'
import { showControls } from './visible-controls'

const CONTENTS = ['native', 'ocsf', 'ecs', 'cef', 'leef', 'text'] as const

test.each(CONTENTS)(
  'every message with %s content follows the grammar and says which event it is',
  (content) => {
    for (const event of [...sampleEvents, longEvent]) {
      const text = toSyslogMessage(event, { tenant: 'acme', content })
      const { params, timestamp, message } = parseRfc5424(text)
      expect(text).not.toMatch(/[\n\r]/)
      expect(params.occurredAt ?? timestamp).toBe(event.occurredAt)
      expect(message).not.toBe('')
      expect(params).toMatchObject({
        id: event.id,
        seq: `${event.seq}`,
        tenant: 'acme',
        leafHash: event.leafHash,
      })
      expect(params.actor).toBe(event.actorLogin === null ? undefined : showControls(event.actorLogin))
    }
  },
)

test('the message is the event as the API gives it, whose texts keep their newlines', () => {
  const event = outgoingEvent({ type: 'a', action: 'b', message: 'one\ntwo "three" ]\\' })
  const { message } = parseRfc5424(toSyslogMessage(event))
  expect(JSON.parse(message).message).toBe('one\ntwo "three" ]\\')
})

test('priorities are facility × 8 + severity: notice in log audit is 109', () => {
  const priorities = LEVELS.map((level) => {
    return toSyslogMessage(outgoingEvent({ type: 'a', action: 'b', level })).slice(0, 6)
  })
  expect(priorities).toEqual(['<111>1', '<111>1', '<110>1', '<109>1', '<108>1', '<107>1', '<106>1'])
  expect(toSyslogMessage(longEvent, { facility: 23 })).toMatch(/^<190>1 /)
})

test('header fields are cut to their limits and keep to printable ASCII', () => {
  const event = outgoingEvent({ type: 'x'.repeat(64), action: 'b', source: 'ho st\n' })
  const read = parseRfc5424(toSyslogMessage(event, { appName: 'a'.repeat(60) }))
  expect(read).toMatchObject({ msgId: 'x'.repeat(32), appName: 'a'.repeat(48), hostname: 'ho?st?' })
  expect(parseRfc5424(toSyslogMessage(event, { hostname: 'büro.example' })).hostname).toBe(
    'xn--bro-hoa.example',
  )
  expect(parseRfc5424(toSyslogMessage(longEvent)).hostname).toBe('-')
})

test('structured data has the enterprise number that the operator set, and escapes what the RFC wants escaped', () => {
  const event = outgoingEvent({ type: 'a', action: 'b', actor: { login: 'x"]\\=y' } })
  const text = toSyslogMessage(event, { enterpriseId: 4711 })
  expect(text).toContain('[spoor@4711 id=')
  expect(text).toContain('actor="x\\"\\]\\\\=y"')
  expect(parseRfc5424(text).params.actor).toBe('x"]\\=y')
})

test('a byte order mark stands there only if asked for', () => {
  expect(parseRfc5424(toSyslogMessage(longEvent)).message).toMatch(/^\{/)
  expect(parseRfc5424(toSyslogMessage(longEvent, { bom: true })).message).toMatch(/^\ufeff\{/)
})

test('a message that is too long says so, and what it lacks, within the limit', () => {
  const wide = '🦊"\\]'.repeat(250)
  const event = outgoingEvent({
    type: 'account',
    action: '"'.repeat(128),
    message: `x${'🦊'.repeat(5_000)}`,
    actor: { login: wide },
    targets: [{ name: wide }],
    source: wide,
    dataSource: wide,
  })
  const whole = parseRfc5424(toSyslogMessage(event)).message
  const text = toSyslogMessage(event, { maxBytes: MIN_MESSAGE_BYTES, checkpoint: 'note' })
  const { params, message } = parseRfc5424(text)
  expect(Buffer.byteLength(text)).toBeLessThanOrEqual(MIN_MESSAGE_BYTES)
  expect(Buffer.byteLength(text)).toBeGreaterThan(MIN_MESSAGE_BYTES - 4)
  expect(message).toMatch(/^x(🦊)+$/u)
  expect(params).toMatchObject({ id: event.id, leafHash: event.leafHash, truncated: 'true' })
  expect(Number(params.bytes)).toBe(Buffer.byteLength(whole))
  expect(params.sha256).toBe(createHash('sha256').update(whole).digest('hex'))
})

test('an event that fits without the checkpoint goes whole and without it', () => {
  const event = outgoingEvent({ type: 'a', action: 'b', data: { x: 'x'.repeat(3_000) } })
  const alone = toSyslogMessage(event)
  const maxBytes = Math.max(MIN_MESSAGE_BYTES, Buffer.byteLength(alone))
  expect(toSyslogMessage(event, { maxBytes, checkpoint: 'note'.repeat(1_000) })).toBe(alone)
})

test('a message that fits is left whole', () => {
  const event = outgoingEvent({ type: 'a', action: 'b' })
  const text = toSyslogMessage(event)
  expect(toSyslogMessage(event, { maxBytes: Buffer.byteLength(text) })).toBe(text)
})

test.each([
  ['1969-12-31T23:59:59.999Z', false],
  ['1970-01-01T00:00:00.000Z', true],
  ['2099-12-31T23:59:59.999Z', true],
  ['2100-01-01T00:00:00.000Z', false],
])('a time that servers do not know, such as %s, stands in the structured data', (occurredAt, isKnown) => {
  const event = outgoingEvent({ type: 'a', action: 'b', occurredAt })
  const { timestamp, params } = parseRfc5424(toSyslogMessage(event))
  expect(timestamp).toBe(isKnown ? occurredAt : event.receivedAt)
  expect(params.occurredAt).toBe(isKnown ? undefined : occurredAt)
})
