import { afterEach, expect, test, vi } from 'vitest'
import { parseInput } from '@/lib/errors/parse-input'
import { webhookKind } from './webhook-kind'
import { secretsOfUrl, toWebhookUrl } from './webhook-url'

afterEach(() => vi.unstubAllEnvs())

const SLACK = 'https://hooks.slack.com/services/T00000000/B00000000/geheimgeheimgeheim'
const configure = (input: Record<string, unknown>, before?: Parameters<typeof webhookKind.configure>[1]) =>
  webhookKind.configure(parseInput(webhookKind.input, input), before)
const complaint = (input: Record<string, unknown>) => {
  try {
    configure(input)
  } catch (error) {
    return (error as { details: { violations: { pointer: string; detail: string }[] } }).details.violations[0]
  }
  return undefined
}

test('the URL is a secret as a whole; what is stored and shown tells where it leads, and whether it changed', () => {
  const { config, secrets } = configure({ url: SLACK, channel: '#audit' })
  expect(secrets).toEqual({ url: SLACK })
  expect(JSON.stringify(config)).not.toMatch(/services|T0000|geheim/)
  const destination = webhookKind.open(config)
  expect(destination.describe()).toBe('Webhook to #audit at hooks.slack.com')
  expect(destination.values().uri).toMatch(/^https:\/\/hooks\.slack\.com\/… \(fingerprint [0-9a-f]{8}\)$/)
  const other = webhookKind.open(configure({ url: `${SLACK}2`, channel: '#audit' }).config)
  expect(other.values().uri).not.toBe(destination.values().uri)
})

test('an edit without a URL keeps the stored one, and one with a URL replaces it', () => {
  const { config } = configure({ url: SLACK, channel: '#audit', username: 'spoor' })
  const before = { config, secretNames: ['maskingKey', 'url'] }
  const kept = configure({ channel: '#ops' }, before)
  expect(kept.secrets).toEqual({})
  expect(webhookKind.open(kept.config).describe()).toBe('Webhook to #ops at hooks.slack.com')
  expect(kept.config.fingerprint).toBe(config.fingerprint)
  expect(kept.config).not.toHaveProperty('username')
  const moved = configure({ url: 'https://chat.acme.com/hooks/geheimgeheim' }, before)
  expect(moved.secrets).toEqual({ url: 'https://chat.acme.com/hooks/geheimgeheim' })
  expect(webhookKind.open(moved.config).describe()).toBe('Webhook to chat.acme.com')
  expect(() => configure({}, { config, secretNames: ['maskingKey'] })).toThrow(/marked fields/)
})

test.each([
  ['no URL', {}, '/url', /Give the URL/],
  ['another scheme', { url: 'ftp://chat.acme.com/x' }, '/url', /https:\/\//],
  ['plain HTTP', { url: 'http://chat.acme.com/hooks/x' }, '/url', /https:\/\//],
  ['an inner address', { url: 'https://10.0.0.1/hooks/x' }, '/url', /SPOOR_ALLOW_NETWORKS/],
  ['a workflow', { url: 'https://hooks.slack.com/workflows/T/A/1/x' }, '/url', /workflow/],
  ['Discord’s URL for GitHub', { url: 'https://discord.com/api/webhooks/1/x/github' }, '/url', /\/slack/],
  ['a line break in a name', { url: SLACK, username: 'a\nb' }, '/username', /line breaks/],
  ['two channels', { url: SLACK, channel: '#a #b' }, '/channel', /one channel/],
  ['a broadcast as a channel', { url: SLACK, channel: '<!here>' }, '/channel', /one channel/],
  ['an icon that is no URL', { url: SLACK, iconUrl: 'javascript:alert(1)' }, '/iconUrl', /picture/],
])('%s is refused beside its field', (_, input, pointer, detail) => {
  expect(complaint(input)).toMatchObject({ pointer, detail: expect.stringMatching(detail) })
})

test('plain HTTP goes where the operator allowed the network, and nowhere else', () => {
  vi.stubEnv('SPOOR_ALLOW_NETWORKS', '10.1.0.0/16')
  expect(configure({ url: 'http://10.1.2.3:8065/hooks/x' }).secrets).toHaveProperty('url')
  expect(configure({ url: 'http://mattermost.acme.internal:8065/hooks/x' }).secrets).toHaveProperty('url')
  expect(complaint({ url: 'http://8.8.8.8/hooks/x' })?.detail).toMatch(/https:\/\//)
})

test.each([
  ['https://discord.com/api/webhooks/123/abc', 'https://discord.com/api/webhooks/123/abc/slack'],
  [
    'https://discordapp.com/api/v10/webhooks/123/abc/',
    'https://discordapp.com/api/v10/webhooks/123/abc/slack',
  ],
  [
    'https://ptb.discord.com/api/webhooks/123/abc?thread_id=5',
    'https://ptb.discord.com/api/webhooks/123/abc/slack?thread_id=5',
  ],
  ['https://discord.com/api/webhooks/123/abc/slack', 'https://discord.com/api/webhooks/123/abc/slack'],
  ['https://notdiscord.com/api/webhooks/123/abc', 'https://notdiscord.com/api/webhooks/123/abc'],
  [SLACK, SLACK],
])('%s is posted to at %s', (given, expected) => expect(toWebhookUrl(given)).toBe(expected))

test('each part of a URL that may be the key counts as one', () => {
  const parts = Object.values(
    secretsOfUrl('https://a.com/services/T00000000/x%2Fgeheim-1?token=geheim-2&v=1'),
  )
  expect(parts).toEqual(expect.arrayContaining(['T00000000', 'x/geheim-1', 'geheim-2']))
  expect(parts).not.toContain('services')
  expect(secretsOfUrl('https://a.com/in')).toEqual({})
})
