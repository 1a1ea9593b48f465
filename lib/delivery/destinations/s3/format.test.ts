import { describe, expect, test } from 'vitest'
import { sampleEvents } from '@/lib/delivery/encodings/testing/sample-events'
import { encodeEvents } from '@/lib/delivery/frozen-batch'
import { matchedSamples } from '@/lib/delivery/testing/matched'
import { erasedEvent, outgoingEvent } from '@/lib/delivery/testing/outgoing'
import { S3_FORMATS } from './config'
import { type S3Format, writerOf } from './format'
import { s3Kind } from './s3-kind'

const format = (changes: Partial<S3Format>): S3Format => ({
  format: 'ndjson',
  encoding: 'native',
  gzip: false,
  place: 'acme-audit at AWS eu-central-1',
  prefix: '',
  tenant: 'acme',
  ...changes,
})

/** What collectors of device and account logs know, and what such logs seldom say. */
const events = [
  outgoingEvent({
    type: 'devices',
    action: 'exempt all',
    message: 'Device laptop-7 was exempted by Ana Lima (ana@example.com) for 24 hours',
    occurredAt: '2026-07-15T08:55:12.279Z',
    actor: { identity: 'Ana Lima', login: 'ana@example.com' },
    targets: [
      { type: 'Device', name: 'laptop-7', id: 'd-1657786592', parent: 'Default' },
      { type: 'user', name: 'Wil Hoeger' },
    ],
  }),
  outgoingEvent({
    type: 'devices',
    action: 'added',
    code: 'AGENT_INSTALLED',
    actor: { login: 'wil' },
    targets: [{ type: 'asset', name: 'desk "3"\n' }],
    custom: { device_group: 'Labs', device_username: 'LAB\\wil', last_seen: '2026-11-20T22:00:00Z' },
  }),
  outgoingEvent({
    type: 'admin',
    action: 'updated',
    code: 'CONFIG',
    codeLabel: 'Configuration Change',
    message: 'Administrator Ana Lima (ana@example.com) changed Settings - Integrations',
    actor: { identity: 'Ana Lima', login: 'ana@example.com' },
    targets: [{ type: 'setting', name: 'Integrations' }],
  }),
  outgoingEvent({ type: 'account', action: 'signed in', status: 'fail', actor: { login: 'jdoe25' } }),
  outgoingEvent({
    type: 'relay',
    action: 'sent',
    data: { empty: {}, list: [], 'a:b,"c"': '{[,:]}', n: [1, [2]] },
  }),
  erasedEvent({}),
]

test.each(S3_FORMATS)('%s with matches is as its file has it', async (name) => {
  const { body } = encodeEvents(s3Kind, format({ format: name }), matchedSamples, Number.POSITIVE_INFINITY)
  await expect(body.toString()).toMatchFileSnapshot(`golden/matched-${name}.txt`)
})

test('a flat record with matches has all its keys, also where nothing was found', () => {
  const { write } = writerOf(format({ format: 'flat_json' }))
  const keys = matchedSamples.map((event) =>
    Object.keys(JSON.parse(write(event))).filter((key) => key.startsWith('matched.')),
  )
  for (const found of keys)
    expect(found).toEqual([
      ...['matched.actor.display', 'matched.actor.key', 'matched.actor.organisation'],
      ...['matched.target.display', 'matched.target.key'],
    ])
})

describe.each(S3_FORMATS)('%s', (name) => {
  const { body } = encodeEvents(s3Kind, format({ format: name }), events, Number.POSITIVE_INFINITY)
  const text = body.toString()

  test('writes what it has always written', async () => {
    await expect(text).toMatchFileSnapshot(`golden/${name}.txt`)
  })

  test('ends each event with a newline, so that files can be put together', () => {
    const parts = events.map(
      (event) => encodeEvents(s3Kind, format({ format: name }), [event], Number.POSITIVE_INFINITY).body,
    )
    expect(Buffer.concat(parts).equals(body)).toBe(true)
    expect(text.endsWith('\n')).toBe(true)
  })
})

test.each(['ndjson', 'syslog_kv', 'syslog_rfc5424'] as const)(
  '%s is a line an event, whatever is in it',
  (name) => {
    const { body } = encodeEvents(s3Kind, format({ format: name }), sampleEvents, Number.POSITIVE_INFINITY)
    expect(body.toString().trimEnd().split('\n')).toHaveLength(sampleEvents.length)
  },
)

test.each(sampleEvents)(
  'indenting changes nothing in event $seq, and puts no number differently',
  (event) => {
    const whole = { ...event, body: `${event.body.slice(0, -1)},"n":[1.0,1E400,12345678901234567890,-0]}` }
    const pretty = writerOf(format({ format: 'json_pretty' })).write(whole)
    const plain = writerOf(format({})).write(whole)
    expect(JSON.parse(pretty)).toEqual(JSON.parse(plain))
    expect(pretty).toMatch(/1\.0,\s+1E400,\s+12345678901234567890,\s+-0/)
    expect(JSON.stringify(JSON.parse(plain), null, 2).split('\n').length).toBe(pretty.split('\n').length)
  },
)

test('a line of pairs is the flat record without its braces', () => {
  for (const event of sampleEvents) {
    const line = writerOf(format({ format: 'syslog_kv' })).write(event)
    const record = writerOf(format({ format: 'flat_json' })).write(event)
    expect(JSON.parse(`{${line}}`)).toEqual(JSON.parse(record))
  }
})

test('a flat record has all its keys, and each is a text', () => {
  for (const event of [...sampleEvents, ...events]) {
    const record = JSON.parse(writerOf(format({ format: 'flat_json' })).write(event))
    expect(Object.values(record).every((value) => typeof value === 'string')).toBe(true)
    expect(Object.keys(record).sort()).toEqual(
      record.type === 'Device'
        ? 'details device_group device_id device_name device_username last_seen log_type timestamp type'.split(
            ' ',
          )
        : 'admin_email admin_name details event log_type timestamp type'.split(' '),
    )
  }
})

test('an encoding shows in the name of the object', () => {
  const extension = (encoding: S3Format['encoding']) => writerOf(format({ encoding })).extension
  expect((['native', 'ocsf', 'ecs', 'cef', 'leef'] as const).map(extension)).toEqual([
    'ndjson',
    'ocsf.ndjson',
    'ecs.ndjson',
    'cef.log',
    'leef.log',
  ])
})
