import { describe, expect, test } from 'vitest'
import { encodeEvents } from '@/lib/delivery/frozen-batch'
import { forwardedEvent } from '@/lib/delivery/testing/forwarded'
import { parseInput } from '@/lib/errors/parse-input'
import { destinationKind, destinationKinds, type KindName } from './registry'

/** What a person enters for each kind; a kind without it doesn't compile. */
const INPUTS: Record<KindName, Record<string, unknown>> = {
  http: {
    url: 'https://logs.example.com/geheim/in?token=geheim',
    apiHeaderName: 'X-Key',
    apiKey: 'geheim',
    headers: ['X-Tenant: geheim'],
  },
  splunk: { url: 'u.splunkcloud.com', token: 'geheim', index: 'audit', acknowledge: true, gzip: true },
  datadog: { site: 'datadoghq.eu', apiKey: 'geheim', tags: ['env:prod'], gzip: true },
  s3: {
    bucket: 'acme-audit',
    region: 'eu-central-1',
    prefix: '/audit',
    accessKeyId: 'AKIAIOSFODNN7EXAMPLE',
    secretAccessKey: 'geheim',
    encryption: 'aws:kms',
    kmsKeyId: 'alias/audit',
    storageClass: 'STANDARD_IA',
    gzip: true,
    mailTypes: ['account'],
    mailTo: 'soc@example.com\nchief@example.com',
  },
  syslog: {
    host: 'syslog.example.com',
    port: '6514',
    encoding: 'cef',
    facility: 'local7',
    hostname: 'acme-1',
    maxMessageBytes: '65536',
  },
  email: {
    to: ['soc@example.com', 'chief@example.com'],
    everySeconds: 900,
    server: 'own',
    hostname: 'mail.example.com',
    tls: 'implicit',
    username: 'spoor',
    password: 'geheim',
    from: 'Spoor <spoor@example.com>',
  },
  webhook: {
    url: 'https://hooks.slack.com/services/T0000/B0000/geheim',
    username: 'spoor',
    channel: '#audit',
    iconUrl: 'https://acme.example.com/icon.png',
    everySeconds: 3_600,
  },
  desktop: { people: 'managers', everySeconds: 86_400, at: '07:30', threshold: true, ruleCount: 5 },
}

/** Kinds whose receivers are known by their URL have further formats. */
const SPLUNK = { url: 'https://u.splunkcloud.com/services/collector/event', body: 'auto' }

const kinds = Object.keys(destinationKinds) as KindName[]
const events = Array.from({ length: 50 }, (_, seq) => forwardedEvent({ seq }))

describe.each(kinds)('%s', (name: KindName) => {
  const kind = destinationKind(name)
  const { config, secrets } = kind.configure(parseInput(kind.input, INPUTS[name]))
  const stored = JSON.parse(JSON.stringify(config))
  const destination = kind.open(stored)
  const format = destination.format('acme')
  const encode = (given: typeof events, maxBytes = destination.maxBytes) =>
    encodeEvents(kind, format, given, maxBytes)

  test('reads its own configuration and no other', () => {
    expect(() => kind.open({ something: 'else' })).toThrow()
    expect(() => kind.open(null)).toThrow()
  })

  test('names itself without secrets, to people and to the trail', () => {
    expect(destination.describe()).toMatch(/\S/)
    expect(destination.target()).toMatch(/\S/)
    const shown = [destination.describe(), destination.target(), destination.publicValues()]
    expect(JSON.stringify(shown)).not.toContain('geheim')
  })

  test('keeps its secrets apart from its configuration, and declares them as such', () => {
    for (const secret of Object.values(secrets)) expect(JSON.stringify(config)).not.toContain(`"${secret}"`)
    const declared = kind.fields.filter(({ control }) => control === 'secret').map((field) => field.name)
    const generated = Object.keys(secrets).filter((secret) => !Object.hasOwn(kind.input.shape, secret))
    for (const secret of Object.keys(secrets)) expect([...declared, ...generated]).toContain(secret)
  })

  test('declares each field that it takes, and takes each that it declares', () => {
    expect(kind.fields.map((field) => field.name).sort()).toEqual(Object.keys(kind.input.shape).sort())
  })

  test('shows what it made for people to read off', () => {
    const values = destination.values()
    for (const { name: made } of kind.generated ?? []) expect(values[made]).toMatch(/\S/)
  })

  test('what it shows of itself can be entered again, and gives the same configuration', () => {
    const values = Object.entries(destination.values()).filter(([field]) =>
      Object.hasOwn(kind.input.shape, field),
    )
    const entered = Object.fromEntries(values.filter(([, value]) => value !== null))
    const before = { config: stored, secretNames: Object.keys(secrets) }
    const again = kind.configure(parseInput(kind.input, entered), before)
    expect(again.config).toEqual(config)
    expect(Object.values(again.secrets).filter((secret) => secret === null)).toEqual([])
  })

  test('makes the same bytes from the same events, also after the format went through the database', () => {
    const again = JSON.parse(JSON.stringify(format))
    expect(encodeEvents(kind, again, events, destination.maxBytes).sha256).toEqual(encode(events).sha256)
  })

  test('keeps within its size, but never leaves the first event out', () => {
    const big = events.map((event) => ({ ...event, body: JSON.stringify({ payload: 'x'.repeat(100_000) }) }))
    const maxBytes = Math.min(destination.maxBytes, 1024 * 1024)
    const { body, seqs, events: count } = encode(big, maxBytes)
    // People get a digest: it counts all, and says little of each.
    if (kind.role === 'channel') {
      expect(count).toBe(big.length)
      expect(body.length).toBeLessThan(64 * 1024)
      return
    }
    expect(body.length).toBeLessThanOrEqual(maxBytes)
    expect(seqs).toEqual(big.slice(0, seqs.length).map(({ seq }) => seq))
    expect(encode(big, 10).seqs).toEqual([0])
  })
})

test('a batch for Splunk ends with its checkpoint, within the size of a batch', () => {
  const kind = destinationKind('http')
  const maxBytes = 10_000
  const note = 'é\n'.repeat(333)
  const format = kind.open(SPLUNK).format('acme')
  const { body, seqs } = encodeEvents(kind, format, events, maxBytes, note)
  const sent = body.toString().trimEnd().split('\n')
  expect(body.length).toBeLessThanOrEqual(maxBytes)
  expect(sent).toHaveLength(seqs.length)
  expect(sent.map((line) => JSON.parse(line).event.checkpoint)).toEqual([
    ...Array(seqs.length - 1).fill(undefined),
    note,
  ])
})

test('an unknown kind is an error, not a silent loss', () => {
  expect(() => destinationKind('pigeon')).toThrow(/pigeon/)
  expect(() => destinationKind('constructor')).toThrow(/constructor/)
})
