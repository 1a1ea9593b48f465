import { createHash } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { toEventJson } from '@/lib/delivery/forwarded-event'
import { forwardedEvent } from '@/lib/delivery/testing/forwarded'
import { MAX_EVENT_BYTES } from '@/lib/event/accept-event'
import { LEVELS } from '@/lib/event/levels'
import { MAX_LOG_BYTES, toDatadogLog, toLogArray } from './log'

const event = forwardedEvent()
const EVENT =
  '{"id":"0192c0de-0000-7000-8000-000000000007","seq":7,"receivedAt":"2026-11-20T22:38:00.000Z",' +
  `"leafHash":"${'ab'.repeat(32)}","origin":"token:t1","type":"account","action":"signed in",` +
  '"message":"jdoe25 signed in","data":{"ü":"\\u0001 1.0"}}'

const logOf = (fields: Parameters<typeof forwardedEvent>[0], options = {}) =>
  JSON.parse(toDatadogLog(forwardedEvent(fields), { tenant: 'acme', ...options })) as Record<string, unknown>

test('an event has its reserved attributes at the root, and itself beside them byte for byte', () => {
  expect(toDatadogLog(event, { tenant: 'acme' })).toBe(
    '{"timestamp":1795214279123,"ddsource":"spoor","ddtags":"tenant:acme,type:account",' +
      '"hostname":"source.acme.com","service":"AD-cnx-ACME","message":"jdoe25 signed in","status":"info",' +
      `"audit":${EVENT}}`,
  )
})

test('what a person chose wins over what the event says', () => {
  expect(logOf({}, { service: 's', source: 'd', tags: ['env:prod', 'team'] })).toMatchObject({
    service: 's',
    ddsource: 'd',
    ddtags: 'tenant:acme,type:account,env:prod,team',
  })
})

test('each level has a status that Datadog’s remapper knows', () => {
  const statuses = LEVELS.map((level) => logOf({ level }).status)
  expect(statuses).toEqual(['debug', 'debug', 'info', 'notice', 'warning', 'error', 'critical'])
})

test('an event without a message has a line for people', () => {
  expect(logOf({ message: null, targetName: 'john_doe' }).message).toBe('jdoe25 signed in john_doe')
})

describe('an event that was accepted', () => {
  test('is never above the limit of a log, however it is escaped', () => {
    const message = '\u0001'.repeat(16_384)
    const accepted = { type: 'a', action: 'b', message, payload: 'x'.repeat(MAX_EVENT_BYTES - 98_400) }
    const body = JSON.stringify(accepted)
    expect(body.length).toBeLessThanOrEqual(MAX_EVENT_BYTES)
    expect(logOf({ message, body }).audit).not.toHaveProperty('truncated')
    expect(toDatadogLog(forwardedEvent({ message, body }), { tenant: 'acme' }).length).toBeLessThan(
      MAX_LOG_BYTES,
    )
  })
})

describe('a log above the limit is cut, visibly', () => {
  test.each(['x', 'ü', '€', '𝄞', '"', '\\', '\u0001'])('within a text of %j', (char) => {
    for (const shift of ['', 'a', 'ab', 'abc']) {
      const payload = shift + char.repeat(1_100_000)
      const big = forwardedEvent({ body: JSON.stringify({ type: 'account', action: 'b', payload }) })
      const text = toDatadogLog(big, { tenant: 'acme' }, 'note')
      expect(Buffer.byteLength(text)).toBeLessThanOrEqual(MAX_LOG_BYTES)
      const { audit } = JSON.parse(text)
      const whole = toEventJson(big, 'note')
      expect(audit).toMatchObject({
        id: event.id,
        seq: 7,
        type: 'account',
        occurredAt: event.occurredAt,
        truncated: true,
        bytes: Buffer.byteLength(whole),
        sha256: createHash('sha256').update(whole).digest('hex'),
      })
      expect(audit.beginning.length).toBeGreaterThan(90_000)
      expect(whole.startsWith(audit.beginning)).toBe(true)
    }
  })

  test('without half a character at the end of its message', () => {
    const big = forwardedEvent({ message: `${'x'.repeat(16_383)}😀` })
    expect(JSON.parse(toDatadogLog(big, { tenant: 'acme' })).message.isWellFormed()).toBe(true)
  })

  test('also where the message is what is too long', () => {
    const big = forwardedEvent({ message: '\u0001'.repeat(400_000) })
    expect(Buffer.byteLength(toDatadogLog(big, { tenant: 'acme' }))).toBeLessThanOrEqual(MAX_LOG_BYTES)
  })
})

describe('a batch', () => {
  const lines = [1, 2].map((seq) => `${toDatadogLog(forwardedEvent({ seq }), { tenant: 'acme' })}\n`).join('')
  const at = Date.parse(event.occurredAt)

  test('is sent as an array', () => {
    expect(toLogArray(lines, at)).toBe(`[${lines.trimEnd().replace('\n', ',')}]`)
  })

  test('loses the times that Datadog would drop, and nothing else', () => {
    const logs = JSON.parse(toLogArray(lines, at + 18 * 3_600_000))
    const { timestamp: _, ...rest } = logOf({ seq: 1 })
    expect(logs[0]).toEqual(rest)
  })

  test('is left alone within an event that looks like a log', () => {
    const body = '{"type":"a","action":"b","data":{"timestamp":1,"ddsource":"x"}}'
    const log = toDatadogLog(forwardedEvent({ body }), { tenant: 'acme' })
    expect(JSON.parse(toLogArray(`${log}\n`, at + 1e12))[0].audit.data).toEqual({
      timestamp: 1,
      ddsource: 'x',
    })
  })
})
