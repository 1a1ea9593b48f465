import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { AppError } from '@/lib/errors/app-error'
import { configureHttp, type HttpBefore, httpFields } from './config'

const schema = z.strictObject(httpFields)
const parse = (input: Record<string, unknown>) =>
  schema.parse({ url: 'https://logs.example.com/in', ...input })
const configure = (input: Record<string, unknown>, before?: HttpBefore) => configureHttp(parse(input), before)

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
  ])('the URL %j is refused', (url) => expect(schema.safeParse({ url }).success).toBe(false))

  test.each([
    'Host',
    'content-length',
    'Transfer-Encoding',
    'connection',
    'upgrade',
    'te',
    'trailer',
    'expect',
    'Proxy-Authorization',
    'webhook-id',
    'X Key',
    'X-Key:',
    'X-Key\r\nEvil',
    '',
    'ключ',
    'x'.repeat(129),
  ])('the header name %j is refused', (apiHeaderName) => {
    expect(schema.safeParse({ url: 'https://example.com/', apiHeaderName }).success).toBe(false)
  })

  test.each(['a\r\nEvil: 1', 'a\nb', 'a\0b', 'ключ', 'é', 'x'.repeat(9_000)])(
    'the key %j is refused',
    (apiKey) => {
      expect(schema.safeParse({ url: 'https://example.com/', apiKey }).success).toBe(false)
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
})

describe('a new destination', () => {
  test('keeps the key apart from the configuration', () => {
    const { config, secret } = configure({ apiHeaderName: 'X-Key', apiKey: 'geheim' })
    expect(config).toEqual({ url: 'https://logs.example.com/in', body: 'auto', headerName: 'X-Key' })
    expect(secret).toBe('geheim')
  })

  test('with a key but no header for it, or the other way round, is refused beside the field', () => {
    expect(pointerOf(() => configure({ apiKey: 'k' }))).toBe('/apiHeaderName')
    expect(pointerOf(() => configure({ apiHeaderName: 'X-Key' }))).toBe('/apiKey')
  })

  test('at Splunk gets a channel, and a token without the word Splunk is noticed', () => {
    const url = 'https://u.splunkcloud.com/services/collector/raw'
    const { config } = configure({ url, apiHeaderName: 'Authorization', apiKey: 'Splunk abc' })
    expect(config.channel).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/)
    expect(pointerOf(() => configure({ url, apiHeaderName: 'Authorization', apiKey: 'abc' }))).toBe('/apiKey')
    expect(configure({}).config).not.toHaveProperty('channel')
  })
})

describe('an edit', () => {
  const before: HttpBefore = {
    config: {
      url: 'https://logs.example.com/in',
      body: 'auto',
      headerName: 'X-Key',
      channel: '0192c0de-0000-4000-8000-000000000001',
    },
    hasSecret: true,
  }

  test('without a key keeps the old one, and the channel', () => {
    const { config, secret } = configure({ apiHeaderName: 'X-Other' }, before)
    expect(secret).toBeUndefined()
    expect(config.channel).toBe(before.config.channel)
  })

  test('without a header name forgets the key', () => {
    expect(configure({}, before).secret).toBeNull()
  })

  test('to another server needs the key anew, so that nobody has it sent to himself', () => {
    for (const url of [
      'https://evil.example/in',
      'http://logs.example.com/in',
      'https://logs.example.com:8443/in',
    ])
      expect(
        pointerOf(() => configure({ url, apiHeaderName: 'X-Key' }, before)),
        url,
      ).toBe('/apiKey')
    expect(
      configure({ url: 'https://logs.example.com/other', apiHeaderName: 'X-Key' }, before).secret,
    ).toBeUndefined()
    expect(configure({ url: 'https://evil.example/in' }, before).secret).toBeNull()
  })
})
