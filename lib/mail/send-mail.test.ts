import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { answerWith, hang, type Receiver, startReceiver } from '@/lib/http/testing/loopback-receiver'
import { type Mail, toMailMessage } from './mail-message'
import { messageIdOf } from './message-id'
import { sendByResend } from './send-by-resend'
import { canSendMail, sendMail } from './send-mail'
import { parseSmtpUrl } from './smtp-server'
import { startScriptedSmtp } from './testing/scripted-smtp'

const letter = { to: 'jdoe@acme.test', subject: 'Hello', text: 'Hello.\n', messageId: '<key-1@spoor.test>' }

afterEach(() => vi.unstubAllEnvs())

describe('the instance’s own letters', () => {
  test('go by the operator’s server, without networks being allowed for it', async () => {
    const smtp = await startScriptedSmtp()
    vi.stubEnv('SPOOR_SMTP_URL', `smtp://127.0.0.1:${smtp.port}`)
    vi.stubEnv('SPOOR_MAIL_FROM', 'Spoor <spoor@acme.test>')
    expect(canSendMail()).toBe(true)
    expect(await sendMail(letter)).toMatchObject({ verdict: 'sent', dropped: [] })
    // Tenants read this, and the operator's network is not theirs.
    smtp.follow({ MAIL: '550 no' })
    expect(JSON.stringify(await sendMail(letter))).not.toContain(String(smtp.port))
    expect(smtp.received).toMatchObject([{ from: 'spoor@acme.test', to: ['jdoe@acme.test'] }])
    await smtp.close()
  })

  test.each([{}, { SPOOR_MAIL_FROM: 'spoor@acme.test' }, { SPOOR_SMTP_URL: 'smtp://127.0.0.1' }])(
    'are not sent where the operator set only %j, and the answer says what to set',
    async (settings) => {
      for (const [name, value] of Object.entries(settings)) vi.stubEnv(name, value)
      expect(canSendMail()).toBe(false)
      expect(await sendMail(letter)).toMatchObject({
        verdict: 'misconfigured',
        message: expect.stringContaining('SPOOR_SMTP_URL'),
      })
    },
  )

  test('carry a Message-ID that follows from what they are about', () => {
    vi.stubEnv('SPOOR_PUBLIC_URL', 'https://audit.acme.test/')
    expect(messageIdOf('batch-1')).toBe('<batch-1@audit.acme.test>')
    expect(messageIdOf('a b>')).toMatch(/^<[0-9a-f]{64}@audit\.acme\.test>$/)
    vi.stubEnv('SPOOR_PUBLIC_URL', 'http://[::1]:3000')
    expect(() =>
      toMailMessage({ ...letter, messageId: messageIdOf('k') }, { name: '', address: 'a@b.test' }),
    ).not.toThrow()
  })
})

test.each([
  ['smtp://mail.test', { host: 'mail.test', port: 25, tls: 'opportunistic' }],
  ['smtp://u:p%40w@mail.test', { port: 587, tls: 'starttls', auth: { user: 'u', pass: 'p@w' } }],
  ['smtp://u:p@mail.test:25?tls=off', { port: 25, tls: 'none' }],
  ['smtps://u:p@mail.test', { port: 465, tls: 'implicit' }],
  ['smtp://[::1]:2525', { host: '::1', port: 2525 }],
])('%s is understood', (url, server) => expect(parseSmtpUrl(url)).toMatchObject(server))

test.each(['mail.test', 'https://u:geheim@mail.test', 'smtp://', 'smtp:mail.test'])(
  '%s is refused',
  (url) => {
    expect(() => parseSmtpUrl(url)).toThrow(/^SPOOR_SMTP_URL must be like (?!.*geheim)/)
  },
)

describe('Resend', () => {
  let receiver: Receiver
  beforeEach(async () => {
    receiver = await startReceiver()
  })
  afterEach(() => receiver.close())
  const send = (call: { timeoutMs?: number; signal?: AbortSignal } = {}, changes: Partial<Mail> = {}) =>
    sendByResend(
      { apiKey: 're_geheim', baseUrl: receiver.url },
      toMailMessage({ ...letter, ...changes }, { name: 'Spoor', address: 'spoor@acme.test' }),
      { timeoutMs: 5_000, ...call },
    )

  test('gets the letter with a key that follows from it', async () => {
    receiver.answer(answerWith(200, '{"id":"r1"}', { 'content-type': 'application/json' }))
    expect(await send()).toMatchObject({ verdict: 'sent', answer: 'r1' })
    expect(receiver.received[0]).toMatchObject({ method: 'POST', path: '/emails' })
    expect(receiver.received[0]?.headers).toMatchObject({
      authorization: 'Bearer re_geheim',
      'idempotency-key': expect.stringMatching(/^key-1@spoor\.test\/[0-9a-f]{32}$/),
    })
    expect(JSON.parse(receiver.received[0]?.body ?? '')).toMatchObject({
      from: '"Spoor" <spoor@acme.test>',
      to: ['jdoe@acme.test'],
      subject: 'Hello',
      headers: { 'Auto-Submitted': 'auto-generated', 'Message-ID': '<key-1@spoor.test>' },
    })
  })

  test('repeats a letter under its key, and one that was changed meanwhile under another', async () => {
    receiver.answer(answerWith(500, '{}'))
    await send()
    await send()
    await send({}, { to: 'root@acme.test' })
    await send({}, { messageId: `<${'k'.repeat(200)}@${'h'.repeat(250)}>` })
    const keys = receiver.received.map(({ headers }) => String(headers['idempotency-key']))
    expect(keys[1]).toBe(keys[0])
    expect(new Set(keys).size).toBe(3)
    for (const key of keys) expect(key.length).toBeLessThanOrEqual(256)
  })

  test.each([
    [401, 'invalid_api_key', 'misconfigured'],
    [403, 'invalid_from_address', 'misconfigured'],
    [422, 'validation_error', 'misconfigured'],
    [409, 'concurrent_idempotent_requests', 'failed'],
    [409, 'invalid_idempotent_request', 'failed'],
    [429, 'rate_limit_exceeded', 'failed'],
    [500, 'internal_server_error', 'failed'],
    [503, 'application_error', 'failed'],
  ])('%d %s means %s', async (statusCode, name, verdict) => {
    const body = JSON.stringify({ statusCode, name, message: 'so it is' })
    receiver.answer(answerWith(statusCode, body, { 'retry-after': '7' }))
    const outcome = await send()
    expect(outcome).toMatchObject({ verdict, status: statusCode, answer: 'so it is' })
    if (statusCode === 429) expect(outcome).toMatchObject({ retryAfterMs: 7_000 })
    expect(JSON.stringify(outcome)).not.toContain('geheim')
  })

  test('has a deadline, and is left when we stop', async () => {
    receiver.answer(hang)
    expect(await send({ timeoutMs: 100 })).toMatchObject({ verdict: 'failed' })
    expect(await send({ signal: AbortSignal.timeout(50) })).toMatchObject({ verdict: 'aborted' })
    await receiver.close()
    expect(await send()).toMatchObject({ verdict: 'failed' })
  })
})
