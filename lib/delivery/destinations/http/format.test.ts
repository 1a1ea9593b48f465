import { describe, expect, test } from 'vitest'
import { forwardedEvent } from '@/lib/delivery/testing/forwarded'
import { MAX_EVENT_BYTES } from '@/lib/event/accept-event'
import { LEVELS } from '@/lib/event/levels'
import { type HttpFormat, httpEncoder, httpFormat } from './format'

const event = forwardedEvent()
const EVENT =
  '{"id":"0192c0de-0000-7000-8000-000000000007","seq":7,"receivedAt":"2026-11-20T22:38:00.000Z",' +
  `"leafHash":"${'ab'.repeat(32)}","origin":"token:t1","type":"account","action":"signed in",` +
  '"message":"jdoe25 signed in","data":{"ü":"\\u0001 1.0"}}'

const bytes = (encoding: HttpFormat['encoding'], events = [event, event]) => {
  const { encode, join } = httpEncoder({ encoding, checkpoint: 'header', tenant: 'acme' })
  return join(events.map(encode))
}

test('a JSON array holds the events with what was accepted byte for byte', () => {
  expect(bytes('json_array')).toBe(`[${EVENT},${EVENT}]`)
})

test('NDJSON is one event a line, each line ended', () => {
  expect(bytes('ndjson')).toBe(`${EVENT}\n${EVENT}\n`)
})

test('the event endpoint of Splunk gets stacked envelopes with epoch seconds and an indexed id', () => {
  const envelope =
    '{"time":1795214279.123,"host":"source.acme.com","source":"spoor","sourcetype":"_json",' +
    `"fields":{"audit_id":"0192c0de-0000-7000-8000-000000000007"},"event":${EVENT}}`
  expect(bytes('hec_event')).toBe(`${envelope}\n${envelope}\n`)
})

describe('Datadog', () => {
  const logOf = (fields: Parameters<typeof forwardedEvent>[0]) =>
    (JSON.parse(bytes('datadog', [forwardedEvent(fields)])) as Record<string, unknown>[])[0]

  test('gets its reserved attributes at the root, and the event beside them', () => {
    expect(bytes('datadog', [event])).toBe(
      '[{"ddsource":"spoor","ddtags":"tenant:acme,type:account","hostname":"source.acme.com",' +
        '"service":"AD-cnx-ACME","message":"jdoe25 signed in","status":"info","timestamp":1795214279123,' +
        `"audit":${EVENT}}]`,
    )
  })

  test('gets a status that its remapper knows, for each level', () => {
    const statuses = LEVELS.map((level) => logOf({ level })?.status)
    expect(statuses).toEqual(['debug', 'debug', 'info', 'notice', 'warning', 'error', 'critical'])
  })

  test('gets the time of receipt where an event is older than it takes', () => {
    expect(logOf({ occurredAt: '2026-11-20T04:38:00.000Z' })?.timestamp).toBe(
      Date.parse('2026-11-20T04:38:00.000Z'),
    )
    expect(logOf({ occurredAt: '2026-11-20T04:37:59.999Z' })?.timestamp).toBe(Date.parse(event.receivedAt))
  })

  test('gets a line for people where an event has no message', () => {
    expect(logOf({ message: null, targetName: 'john_doe' })?.message).toBe('jdoe25 signed in john_doe')
  })

  test('gets no log above its limit of 1 MB, however large the event', () => {
    const message = '\u0001'.repeat(16_384)
    const body = JSON.stringify({
      type: 'a',
      action: 'b',
      message,
      payload: 'x'.repeat(MAX_EVENT_BYTES - 98_400),
    })
    expect(body.length).toBeLessThanOrEqual(MAX_EVENT_BYTES)
    expect(bytes('datadog', [forwardedEvent({ message, body })]).length).toBeLessThan(1_000_000)
  })
})

describe('the checkpoint', () => {
  const NOTE = 'audit.example.org/log/1\n8\nroot=\n\n— audit.example.org/log/1 c2ln\n'
  const lastOf = (encoding: HttpFormat['encoding']) => {
    const encoder = httpEncoder({ encoding, checkpoint: 'event', tenant: 'acme' })
    return JSON.parse(encoder.encodeLast?.(event, NOTE) ?? '{}')
  }

  test('stands in the last event, where the receiver keeps nothing but events', () => {
    expect(lastOf('ndjson')).toEqual({ ...JSON.parse(EVENT), checkpoint: NOTE })
    expect(lastOf('json_array')).toEqual({ ...JSON.parse(EVENT), checkpoint: NOTE })
    expect(lastOf('hec_event').event).toEqual({ ...JSON.parse(EVENT), checkpoint: NOTE })
    expect(lastOf('datadog').audit).toEqual({ ...JSON.parse(EVENT), checkpoint: NOTE })
  })

  test('stands in no event where the header is enough', () => {
    expect(
      httpEncoder({ encoding: 'ndjson', checkpoint: 'header', tenant: 'acme' }).encodeLast,
    ).toBeUndefined()
  })
})

test.each([
  ['https://example.com/logs', 'auto', 'json_array'],
  ['https://example.com/logs', 'ndjson', 'ndjson'],
  ['https://u.splunkcloud.com/services/collector/raw', 'auto', 'ndjson'],
  ['https://u.splunkcloud.com:8088/services/collector/raw/1.0?index=main', 'auto', 'ndjson'],
  ['https://u.splunkcloud.com/services/collector', 'auto', 'hec_event'],
  ['https://u.splunkcloud.com/services/collector/event/1.0', 'auto', 'hec_event'],
  ['https://proxy.example.com/splunk/services/collector/event', 'auto', 'hec_event'],
  ['https://http-intake.logs.datadoghq.com/api/v2/logs', 'auto', 'datadog'],
  ['https://http-intake.logs.us2.ddog-gov.com/api/v2/logs', 'auto', 'datadog'],
  ['https://http-intake.logs.datadoghq.eu/api/v2/logs', 'json_array', 'json_array'],
] as const)('%s with body %s gets %s', (url, body, encoding) => {
  const checkpoint = url.includes('//example.com') ? 'header' : 'event'
  expect(httpFormat({ url, body }, 'acme')).toEqual({ encoding, checkpoint, tenant: 'acme' })
})
