import { describe, expect, test } from 'vitest'
import type { Before } from '@/lib/delivery/destinations/contract'
import { AppError } from '@/lib/errors/app-error'
import { httpConfigSchema, httpInputSchema } from './config'
import { configureHttp } from './configure'

const parse = (input: Record<string, unknown>) =>
  httpInputSchema.parse({ url: 'https://logs.example.com/in', ...input })
const configure = (input: Record<string, unknown>, before?: Before, now?: number) =>
  configureHttp(parse(input), before, now)

function pointerOf(run: () => unknown): string | undefined {
  try {
    run()
    return undefined
  } catch (error) {
    expect(error).toBeInstanceOf(AppError)
    return (error as AppError).details.violations?.[0]?.pointer
  }
}

describe('fields', () => {
  test.each([
    'http://10.0.0.1/',
    'http://0x7f.1/',
    'http://[::1]/',
    'http://169.254.169.254/latest',
    'ftp://example.com/',
    'https://u:p@example.com/',
    'https://example.com:22/',
    'javascript:alert(1)',
    'example.com',
    '',
  ])('the URL %j is refused', (url) => expect(httpInputSchema.safeParse({ url }).success).toBe(false))

  const FORBIDDEN = [
    'Host',
    'content-length',
    'Transfer-Encoding',
    'Accept-Encoding',
    'connection',
    'upgrade',
    'te',
    'trailer',
    'expect',
    'Proxy-Authorization',
    'webhook-id',
    'X Key',
    'X-Key\r\nEvil',
    'ключ',
    'x'.repeat(129),
  ]
  test.each([...FORBIDDEN, 'X-Key:', ''])('the header name %j is refused', (apiHeaderName) => {
    expect(httpInputSchema.safeParse({ url: 'https://example.com/', apiHeaderName }).success).toBe(false)
  })
  test.each([...FORBIDDEN, ''])('a further header named %j is refused', (name) => {
    const headers = [`${name}: 1`]
    expect(httpInputSchema.safeParse({ url: 'https://example.com/', headers }).success).toBe(false)
  })

  test.each(['a\r\nEvil: 1', 'a\nb', 'a\0b', 'ключ', 'é', 'x'.repeat(9_000)])(
    'the value %j is refused, for keys and for further headers',
    (value) => {
      const url = 'https://example.com/'
      expect(httpInputSchema.safeParse({ url, apiKey: value }).success).toBe(false)
      expect(httpInputSchema.safeParse({ url, headers: [`X-A: ${value}`] }).success).toBe(false)
    },
  )

  test('the headers and keys of the receivers’ manuals are taken', () => {
    expect(parse({ apiHeaderName: 'Authorization', apiKey: 'Splunk 12345678-1234' })).toMatchObject({
      body: 'auto',
    })
    expect(parse({ apiHeaderName: 'DD-API-KEY', apiKey: 'abc' })).toMatchObject({
      apiHeaderName: 'DD-API-KEY',
    })
  })

  test('a configuration of the first version is read as it was meant', () => {
    expect(httpConfigSchema.parse({ url: 'https://example.com/', body: 'ndjson' })).toMatchObject({
      body: 'ndjson',
      encoding: 'native',
      headers: [],
      gzip: false,
    })
  })
})

describe('a new destination', () => {
  test('keeps the key and the headers’ values apart from the configuration', () => {
    const { config, secrets } = configure({
      apiHeaderName: 'X-Key',
      apiKey: 'geheim',
      headers: 'X-Tenant: acme\n\nX-Trace:  a: b ',
    })
    expect(config).toMatchObject({ headerName: 'X-Key', headers: ['X-Tenant', 'X-Trace'] })
    expect(secrets).toEqual({ apiKey: 'geheim', 'header x-tenant': 'acme', 'header x-trace': 'a: b' })
  })

  test('with a key but no header for it, or the other way round, is refused beside the field', () => {
    expect(pointerOf(() => configure({ apiKey: 'k' }))).toBe('/apiHeaderName')
    expect(pointerOf(() => configure({ apiHeaderName: 'X-Key' }))).toBe('/apiKey')
  })

  test('takes each header once, and none that carries the key', () => {
    expect(pointerOf(() => configure({ headers: ['X-A: 1', 'x-a: 2'] }))).toBe('/headers')
    const keyed = { apiHeaderName: 'X-Key', apiKey: 'k', headers: ['x-key: 2'] }
    expect(pointerOf(() => configure(keyed))).toBe('/headers')
    expect(pointerOf(() => configure({ headers: ['X-A: ***'] }))).toBe('/headers')
  })

  test('at Splunk gets a channel, and a token without the word Splunk is noticed', () => {
    const url = 'https://u.splunkcloud.com/services/collector/raw'
    const { config } = configure({ url, apiHeaderName: 'Authorization', apiKey: 'Splunk abc' })
    expect(config.channel).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/)
    expect(pointerOf(() => configure({ url, apiHeaderName: 'Authorization', apiKey: 'abc' }))).toBe('/apiKey')
    expect(configure({}).config).not.toHaveProperty('channel')
  })

  test('that signs needs a secret, and is told how to make one', () => {
    const run = () => configure({ body: 'standard_webhook' })
    expect(pointerOf(run)).toBe('/signingSecret')
    expect(() =>
      httpInputSchema.parse({ url: 'https://example.com/', signingSecret: 'whsec_short' }),
    ).toThrow(/openssl rand/)
  })
})

describe('an edit', () => {
  const before: Before = {
    config: {
      url: 'https://logs.example.com/in',
      body: 'auto',
      headerName: 'X-Key',
      headers: ['X-A', 'X-B'],
      channel: '0192c0de-0000-4000-8000-000000000001',
    },
    secretNames: ['apiKey', 'header x-a', 'header x-b'],
  }

  test('without a key keeps the old one, and the channel', () => {
    const { config, secrets } = configure({ apiHeaderName: 'X-Other' }, before)
    expect(secrets).not.toHaveProperty('apiKey')
    expect(config.channel).toBe((before.config as { channel: string }).channel)
  })

  test('without a header name forgets the key', () => {
    expect(configure({}, before).secrets.apiKey).toBeNull()
  })

  test('keeps the stored values of headers that are entered as they were shown, and forgets the others', () => {
    const { config, secrets } = configure({ headers: ['X-A: ***', 'X-C: new'] }, before)
    expect(config.headers).toEqual(['X-A', 'X-C'])
    expect(secrets).toEqual({ apiKey: null, 'header x-c': 'new', 'header x-b': null })
  })

  test('to another server needs key and values anew, so that nobody has them sent to himself', () => {
    for (const url of [
      'https://evil.example/in',
      'http://logs.example.com/in',
      'https://logs.example.com:8443/in',
    ]) {
      expect(
        pointerOf(() => configure({ url, apiHeaderName: 'X-Key' }, before)),
        url,
      ).toBe('/apiKey')
      expect(
        pointerOf(() => configure({ url, headers: ['X-A: ***'] }, before)),
        url,
      ).toBe('/headers')
    }
    const elsewhere = { url: 'https://logs.example.com/other', apiHeaderName: 'X-Key' }
    expect(configure(elsewhere, before).secrets).not.toHaveProperty('apiKey')
    expect(configure({ url: 'https://evil.example/in' }, before).secrets.apiKey).toBeNull()
  })
})

describe('a signing secret', () => {
  const secret = (byte: number) => `whsec_${Buffer.alloc(32, byte).toString('base64')}`
  const signed = (config: Record<string, unknown> = {}, secretNames = ['signingSecret']): Before => ({
    config: { url: 'https://logs.example.com/in', body: 'standard_webhook', ...config },
    secretNames,
  })
  const input = { body: 'standard_webhook', signingSecret: secret(2) }
  const now = Date.parse('2026-11-21T00:00:00Z')

  test('that is replaced signs on for 24 hours', () => {
    const { config, secrets } = configure(input, signed(), now)
    expect(config.previousSecretUntil).toBe('2026-11-22T00:00:00.000Z')
    expect(secrets).toEqual({ signingSecret: secret(2), previousSigningSecret: { from: 'signingSecret' } })
  })

  test('that was replaced stays through other edits until its time, and is forgotten after it', () => {
    const stored = signed({ previousSecretUntil: '2026-11-22T00:00:00.000Z' }, [
      'previousSigningSecret',
      'signingSecret',
    ])
    const kept = configure({ body: 'standard_webhook' }, stored, now)
    expect([kept.config.previousSecretUntil, kept.secrets]).toEqual(['2026-11-22T00:00:00.000Z', {}])
    const later = configure({ body: 'standard_webhook' }, stored, now + 25 * 3_600_000)
    expect(later.config).not.toHaveProperty('previousSecretUntil')
    expect(later.secrets).toEqual({ previousSigningSecret: null })
  })

  test('is forgotten with the body that it signed', () => {
    expect(configure({ body: 'ndjson' }, signed()).secrets).toEqual({ signingSecret: null })
  })
})
