import { describe, expect, test } from 'vitest'
import type { Before } from '@/lib/delivery/destinations/contract'
import { collectorUrl } from './collector-url'
import { configureSplunk, splunkInputSchema } from './config'

const parse = (input: Record<string, unknown>) =>
  splunkInputSchema.parse({ url: 'splunk.example.com', token: 'abc', ...input })

describe('the collector is found by', () => {
  test.each([
    ['splunk.example.com', 'https://splunk.example.com:8088'],
    ['splunk.example.com:9000', 'https://splunk.example.com:9000'],
    ['http-inputs-acme.splunkcloud.com', 'https://http-inputs-acme.splunkcloud.com'],
    ['https://splunk.example.com', 'https://splunk.example.com'],
    ['http://splunk.example.com:8088/', 'http://splunk.example.com:8088'],
    ['https://splunk.example.com:8088/services/collector', 'https://splunk.example.com:8088'],
    ['https://splunk.example.com:8088/services/collector/raw/1.0', 'https://splunk.example.com:8088'],
    ['https://proxy.example.com/splunk/services/collector/event', 'https://proxy.example.com/splunk'],
  ])('%s', (given, base) => {
    expect(parse({ url: given }).url).toBe(base)
    expect(parse({ url: base }).url).toBe(base)
    expect(collectorUrl(base, 'event')).toBe(`${base}/services/collector/event`)
  })

  test.each([
    'https://splunk.example.com/services/collector/raw?index=main',
    'ftp://splunk.example.com',
    'https://u:p@splunk.example.com',
    '10.0.0.1',
    'localhost',
    'a b',
    '',
  ])('not by %j', (url) => {
    expect(splunkInputSchema.safeParse({ url, token: 'abc' }).success).toBe(false)
  })
})

test('the word Splunk before the token is not part of it', () => {
  for (const token of ['abc-1', 'Splunk abc-1', ' splunk  abc-1 '])
    expect(parse({ token }).token).toBe('abc-1')
  expect(splunkInputSchema.safeParse({ url: 'splunk.example.com', token: 'a\nb' }).success).toBe(false)
})

describe('an edit', () => {
  const { config } = configureSplunk(parse({}))
  const before: Before = { config, secretNames: ['token'] }

  test('keeps the channel, and the token that is left out', () => {
    const edited = configureSplunk(parse({ token: undefined, index: 'audit' }), before)
    expect(edited.config).toMatchObject({ index: 'audit', channel: config.channel })
    expect(edited.secrets).toEqual({})
  })

  test('to another server needs the token anew', () => {
    const moved = parse({ token: undefined, url: 'evil.example.com' })
    expect(() => configureSplunk(moved, before)).toThrow(/check the marked fields/)
    expect(configureSplunk({ ...moved, token: 'x' }, before).secrets).toEqual({ token: 'x' })
  })

  test('of a new destination needs a token at all', () => {
    expect(() => configureSplunk(parse({ token: undefined }))).toThrow(/check the marked fields/)
  })
})
