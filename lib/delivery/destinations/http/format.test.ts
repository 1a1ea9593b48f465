import { describe, expect, test } from 'vitest'
import { forwardedEvent } from '@/lib/delivery/testing/forwarded'
import { httpConfigSchema } from './config'
import { type HttpFormat, httpEncoder, httpFormat } from './format'

const event = forwardedEvent()
const EVENT =
  '{"id":"0192c0de-0000-7000-8000-000000000007","seq":7,"receivedAt":"2026-11-20T22:38:00.000Z",' +
  `"leafHash":"${'ab'.repeat(32)}","origin":"token:t1","type":"account","action":"signed in",` +
  '"message":"jdoe25 signed in","data":{"ü":"\\u0001 1.0"}}'

const bytes = (layout: HttpFormat['layout'], events = [event, event]) => {
  const { encode, join } = httpEncoder({ layout, encoding: 'native', checkpoint: 'header', tenant: 'acme' })
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

test('a Datadog batch is frozen as a log a line', () => {
  const [first, second] = bytes('datadog').trimEnd().split('\n')
  expect(first).toBe(second)
  expect(JSON.parse(first ?? '')).toMatchObject({
    ddtags: 'tenant:acme,type:account',
    audit: JSON.parse(EVENT),
  })
})

describe('the checkpoint', () => {
  const NOTE = 'audit.example.org/log/1\n8\nroot=\n\n— audit.example.org/log/1 c2ln\n'
  const lastOf = (layout: HttpFormat['layout']) => {
    const encoder = httpEncoder({ layout, encoding: 'native', checkpoint: 'event', tenant: 'acme' })
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
      httpEncoder({ layout: 'ndjson', encoding: 'native', checkpoint: 'header', tenant: 'acme' }).encodeLast,
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
] as const)('%s with body %s gets %s', (url, body, layout) => {
  const checkpoint = url.includes('//example.com') ? 'header' : 'event'
  expect(httpFormat(httpConfigSchema.parse({ url, body }), 'acme')).toEqual({
    layout,
    encoding: 'native',
    checkpoint,
    tenant: 'acme',
  })
})
