import { afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { guardedConnect } from '@/lib/http/guarded-socket'
import { makeAuthority, type TestAuthority } from '@/lib/http/testing/authority'
import { toMailMessage } from './mail-message'
import { sendBySmtp } from './send-by-smtp'
import type { SmtpServer } from './smtp-server'
import { type ScriptedSmtp, startScriptedSmtp } from './testing/scripted-smtp'

let smtp: ScriptedSmtp
let authority: TestAuthority

beforeAll(() => {
  authority = makeAuthority()
})
beforeEach(async () => {
  vi.stubEnv('SPOOR_ALLOW_NETWORKS', '127.0.0.1/32')
  smtp = await startScriptedSmtp({ auth: true })
})
afterEach(async () => {
  vi.unstubAllEnvs()
  await smtp.close()
})

const letter = {
  to: ['jdoe@acme.test', 'root@acme.test'],
  subject: 'Ä letter',
  text: 'Hello.\n.\n..dots\n',
  html: '<p>Hello.</p>',
  messageId: '<batch-1@spoor.test>',
  headers: { 'List-Id': '<forwarding.spoor.test>' },
}

/** To a server that a tenant named: through the guard. */
const send = (server: Partial<SmtpServer> = {}, call: { timeoutMs?: number; signal?: AbortSignal } = {}) =>
  sendBySmtp(
    { host: '127.0.0.1', port: smtp.port, tls: 'none', connect: guardedConnect, ...server },
    toMailMessage(letter, { name: 'Spoor', address: 'spoor@acme.test' }),
    { timeoutMs: 5_000, ...call },
  )

test('a letter arrives whole: recipients, headers, both forms, and a text of dots', async () => {
  const outcome = await send()
  expect(outcome).toMatchObject({ verdict: 'sent', status: 250, answer: '250 taken', dropped: [] })
  const [mail] = smtp.received
  expect(mail).toMatchObject({ from: 'spoor@acme.test', to: letter.to, secure: false })
  expect(mail?.data).toMatch(/^From: Spoor <spoor@acme\.test>\r$/m)
  expect(mail?.data).toMatch(/^Message-ID: <batch-1@spoor\.test>\r$/m)
  expect(mail?.data).toMatch(/^Auto-Submitted: auto-generated\r$/m)
  expect(mail?.data).toMatch(/^List-ID: <forwarding\.spoor\.test>\r$/m)
  expect(mail?.data).toContain('multipart/alternative')
  expect(mail?.data).toContain('\r\n..\r\n...dots\r\n')
})

test('the operator’s own server is reached without the guard', async () => {
  vi.stubEnv('SPOOR_ALLOW_NETWORKS', '')
  const own = { host: '127.0.0.1', port: smtp.port, tls: 'opportunistic' as const }
  const message = toMailMessage(letter, { name: '', address: 'spoor@acme.test' })
  expect(await sendBySmtp(own, message, { timeoutMs: 5_000 })).toMatchObject({ verdict: 'sent' })
  expect(await send()).toMatchObject({
    verdict: 'misconfigured',
    message: expect.stringContaining('not a public'),
  })
  expect(smtp.received).toHaveLength(1)
})

describe('what a reply means', () => {
  test.each([
    ['451 at RCPT: come back later', { RCPT: '451 greylisted' }, 'failed', 451, 60_000],
    ['450 at MAIL: come back later', { MAIL: '450 busy' }, 'failed', 450, 60_000],
    ['421 as a greeting', { greeting: '421 too many' }, 'failed', 421, 60_000],
    ['452 after the message', { message: '452 full' }, 'failed', 452, 60_000],
    ['454 at AUTH: a passing trouble', { AUTH: '454 later' }, 'failed', 454, 60_000],
    ['431 at RCPT', { RCPT: '431 hm' }, 'failed', 431, undefined],
    ['550 at RCPT for all', { RCPT: '550 no such user' }, 'misconfigured', 550, undefined],
    ['552 at MAIL: too large', { MAIL: '552 message size exceeds the limit' }, 'rejected', 552, undefined],
    ['553 at MAIL', { MAIL: '553 not your domain' }, 'misconfigured', 553, undefined],
    ['530 at MAIL: TLS first', { MAIL: '530 5.7.0 Must issue STARTTLS' }, 'misconfigured', 530, undefined],
    ['535 at AUTH', { AUTH: '535 5.7.8 wrong' }, 'misconfigured', 535, undefined],
    ['554 as a greeting', { greeting: '554 no service for you' }, 'misconfigured', 554, undefined],
    ['552 after the message', { message: '552 too large' }, 'rejected', 552, undefined],
    ['554 after the message', { message: '554 looks like spam' }, 'rejected', 554, undefined],
  ] as const)('%s', async (_what, script, verdict, status, retryAfterMs) => {
    smtp.follow(script)
    const auth = { user: 'u', pass: 'geheim' }
    const outcome = await send({ auth })
    expect(outcome).toMatchObject({ verdict, status, answer: expect.stringContaining(String(status)) })
    expect('retryAfterMs' in outcome ? outcome.retryAfterMs : undefined).toBe(retryAfterMs)
    expect(JSON.stringify(outcome)).not.toContain('geheim')
  })

  test.each([
    ['plain', 'geheim/0815+x'],
    ['as AUTH PLAIN sends it', Buffer.from('\0jdoe\0geheim/0815+x').toString('base64')],
    ['as AUTH LOGIN sends it', Buffer.from('geheim/0815+x').toString('base64')],
  ])('a server that repeats the password, %s, is not quoted with it', async (_what, written) => {
    const auth = { user: 'jdoe', pass: 'geheim/0815+x' }
    for (const script of [
      { AUTH: `500 unknown command ${written}` },
      { message: `250 taken ${written}` },
      { RCPT: (line: string) => (line.includes('root') ? `550 gone ${written}` : '250 ok') },
      // The server's words are cut within the password.
      { message: `451 ${'x'.repeat(4_085)} ${written}` },
    ]) {
      smtp.follow(script)
      const told = JSON.stringify(await send({ auth }))
      for (let at = 0; at + 6 <= written.length; at++) expect(told).not.toContain(written.slice(at, at + 6))
      expect(told).toContain(script.message?.startsWith('451') ? 'xxxx' : '[secret]')
    }
  })

  test('recipients that a server puts off, because there are so many, get the letter in a further one', async () => {
    let asked = 0
    smtp.follow({ RCPT: () => (asked++ % 2 === 0 ? '250 ok' : '452 too many recipients') })
    expect(await send()).toMatchObject({ verdict: 'sent', dropped: [] })
    expect(smtp.received.map(({ to }) => to)).toEqual([['jdoe@acme.test'], ['root@acme.test']])
  })

  test('a recipient that a server puts off by itself is named, and nobody gets the letter again', async () => {
    smtp.follow({ RCPT: (line) => (line.includes('root') ? '452 mailbox full' : '250 ok') })
    expect(await send()).toMatchObject({
      verdict: 'sent',
      message: expect.stringContaining('root@acme.test'),
      dropped: [{ address: 'root@acme.test', answer: '452 mailbox full' }],
    })
    expect(smtp.received).toHaveLength(1)
  })

  test('one recipient of two that is refused is named, and the other gets the letter', async () => {
    smtp.follow({ RCPT: (line) => (line.includes('root') ? '550 gone' : '250 ok') })
    expect(await send()).toMatchObject({
      verdict: 'sent',
      message: expect.stringContaining('root@acme.test'),
      dropped: [{ address: 'root@acme.test', answer: '550 gone' }],
    })
    expect(smtp.received[0]?.to).toEqual(['jdoe@acme.test'])
  })

  test('a connection that is cut after the final dot may have brought the letter: it can be tried again', async () => {
    smtp.follow({ message: 'drop' })
    expect(await send()).toMatchObject({
      verdict: 'failed',
      message: expect.stringMatching(/same Message-ID/),
    })
    expect(smtp.received).toHaveLength(1)
  })

  test.each(['greeting', 'EHLO', 'RCPT', 'DATA', 'message'])(
    'silence at %s ends at our deadline',
    async (step) => {
      smtp.follow({ [step]: 'hang' })
      const started = performance.now()
      expect(await send({}, { timeoutMs: 200 })).toMatchObject({ verdict: 'failed' })
      expect(performance.now() - started).toBeLessThan(2_000)
    },
  )

  test('a reply without end is cut off', async () => {
    smtp.follow({ EHLO: () => `250-${'x'.repeat(1_000_000)}` })
    expect(await send()).toMatchObject({ verdict: 'failed' })
  })

  test('a closed port, and a stop of our own', async () => {
    expect(await send({}, { signal: AbortSignal.abort() })).toMatchObject({ verdict: 'aborted' })
    smtp.follow({ message: 'hang' })
    const stop = new AbortController()
    setTimeout(() => stop.abort(), 50)
    expect(await send({}, { signal: stop.signal })).toMatchObject({ verdict: 'aborted' })
    await smtp.close()
    expect(await send()).toMatchObject({ verdict: 'failed' })
  })
})

describe('TLS', () => {
  const auth = { user: 'jdoe', pass: 'geheim' }
  const start = async (implicit: boolean, names = 'DNS:mail.test,IP:127.0.0.1') => {
    await smtp.close()
    smtp = await startScriptedSmtp({ identity: authority.issue(names), implicit, auth: true })
  }

  test.each([
    ['implicit', true],
    ['starttls', false],
    ['opportunistic', false],
  ] as const)('%s: letter and password go over TLS only', async (tls, implicit) => {
    await start(implicit)
    expect(await send({ tls, ca: authority.ca, auth })).toMatchObject({ verdict: 'sent' })
    expect(smtp.received).toMatchObject([{ secure: true, auth: '\0jdoe\0geheim' }])
  })

  test.each([
    ['implicit', true],
    ['starttls', false],
    ['opportunistic', false],
  ] as const)('%s: a certificate that nobody vouches for gets no letter', async (tls, implicit) => {
    await start(implicit)
    expect(await send({ tls, auth })).toMatchObject({ verdict: 'misconfigured' })
    await start(implicit, 'DNS:other.test')
    expect(await send({ tls, ca: authority.ca, auth })).toMatchObject({ verdict: 'misconfigured' })
    expect(smtp.received).toEqual([])
  })

  test('a server without STARTTLS gets neither letter nor password where it is required', async () => {
    expect(await send({ tls: 'starttls', auth })).toMatchObject({ verdict: 'misconfigured' })
    expect(smtp.received).toEqual([])
  })
})
