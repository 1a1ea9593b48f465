import { afterEach, beforeAll, describe, expect, test } from 'vitest'
import { makeAuthority, type TestAuthority } from '@/lib/http/testing/authority'
import { writeLetter } from './letter'
import { toMailMessage } from './mail-message'
import { sendBySmtp } from './send-by-smtp'
import type { SmtpServer } from './smtp-server'
import { headerOf, type RealSmtp, type Replies, startRealSmtp } from './testing/real-smtp'

const MESSAGE_ID = '<batch-1@spoor.test>'
const auth = { user: 'jdoe', pass: 'geheim' }

let authority: TestAuthority
let smtp: RealSmtp | undefined

beforeAll(() => {
  authority = makeAuthority()
})
afterEach(async () => {
  await smtp?.close()
  smtp = undefined
})

const start = async (...given: Parameters<typeof startRealSmtp>): Promise<RealSmtp> => {
  smtp = await startRealSmtp(...given)
  return smtp
}
const identity = () => authority.issue('DNS:mail.test,IP:127.0.0.1')

function send({ port }: RealSmtp, server: Partial<SmtpServer> = {}, timeoutMs = 5_000) {
  const letter = {
    ...writeLetter({ title: 'Ünï\n.\n.dot', items: [{ text: '.' }, { text: 'x'.repeat(2_000) }] }),
    to: ['jdoe@acme.test', 'root@acme.test'],
    subject: '[acme] Ünï — 3 events',
    messageId: MESSAGE_ID,
    headers: { 'List-Id': '<events.acme.spoor.test>', 'X-Spoor-Batch': 'batch-1' },
  }
  const message = toMailMessage(letter, { name: 'Spöör, ACME', address: 'spoor@acme.test' })
  return sendBySmtp({ host: '127.0.0.1', port, tls: 'none', ...server }, message, { timeoutMs })
}

test('250: what a mail program reads is what was written', async () => {
  const server = await start()
  expect(await send(server)).toMatchObject({ verdict: 'sent', status: 250, dropped: [] })
  const [letter] = server.arrived
  if (!letter) throw new Error('no letter')
  expect(letter).toMatchObject({ from: 'spoor@acme.test', to: ['jdoe@acme.test', 'root@acme.test'] })
  expect(letter.mail).toMatchObject({
    subject: '[acme] Ünï — 3 events',
    messageId: MESSAGE_ID,
    from: { name: 'Spöör, ACME', address: 'spoor@acme.test' },
  })
  expect(letter.mail.text?.replaceAll('\r\n', '\n').trimEnd()).toBe(
    `Ünï . .dot\n\n- .\n- ${'x'.repeat(2_000)}`,
  )
  expect(letter.mail.html).toContain('<h1')
  expect(headerOf(letter, 'Auto-Submitted')).toBe('auto-generated')
  expect(headerOf(letter, 'List-Id')).toBe('<events.acme.spoor.test>')
  expect(headerOf(letter, 'X-Spoor-Batch')).toBe('batch-1')
})

/** For the first of both recipients only. */
const ofRoot = (reply: string) => (address: string) => (address.startsWith('root') ? reply : undefined)

describe('what a reply means', () => {
  test.each<[string, Replies, string, number, number | undefined]>([
    ['421 as a greeting', { connect: () => '421 too many' }, 'failed', 421, 60_000],
    ['450 at MAIL', { from: () => '450 busy' }, 'failed', 450, 60_000],
    ['451 at RCPT', { to: () => '451 greylisted' }, 'failed', 451, 60_000],
    ['452 at the end', { data: () => '452 no room' }, 'failed', 452, 60_000],
    ['454 at AUTH', { auth: () => '454 later' }, 'failed', 454, 60_000],
    ['431 at RCPT, whatever it is', { to: () => '431 hm' }, 'failed', 431, undefined],
    ['530 at MAIL', { from: () => '530 authentication required' }, 'misconfigured', 530, undefined],
    ['534 at AUTH', { auth: () => '534 too weak' }, 'misconfigured', 534, undefined],
    ['535 at AUTH', { auth: () => '535 wrong' }, 'misconfigured', 535, undefined],
    ['550 for all recipients', { to: () => '550 nobody' }, 'misconfigured', 550, undefined],
    ['551 for all recipients', { to: () => '551 elsewhere' }, 'misconfigured', 551, undefined],
    ['553 for all recipients', { to: () => '553 bad name' }, 'misconfigured', 553, undefined],
    ['552 at the end', { data: () => '552 too large' }, 'rejected', 552, undefined],
    ['554 at the end', { data: () => '554 looks like spam' }, 'rejected', 554, undefined],
    ['554 as a greeting', { connect: () => '554 not you' }, 'misconfigured', 554, undefined],
  ])('%s', async (_what, replies, verdict, status, retryAfterMs) => {
    const server = await start()
    server.reply(replies)
    const outcome = await send(server, { auth })
    expect(outcome).toMatchObject({ verdict, status, answer: expect.stringContaining(String(status)) })
    expect('retryAfterMs' in outcome ? outcome.retryAfterMs : undefined).toBe(retryAfterMs)
    expect(JSON.stringify(outcome)).not.toContain('geheim')
  })

  test.each(['550 no such user', '551 moved', '553 bad name'])(
    '%s for one of two: the other has the letter, and who has not is said',
    async (reply) => {
      const server = await start()
      server.reply({ to: ofRoot(reply) })
      const outcome = await send(server)
      expect(outcome).toMatchObject({ verdict: 'sent', dropped: [{ address: 'root@acme.test' }] })
      expect(outcome.message).toContain('root@acme.test')
      expect(server.arrived.map(({ to }) => to)).toEqual([['jdoe@acme.test']])
    },
  )

  test('a letter above the size that the server announced', async () => {
    const server = await start({ size: 1_000 })
    expect(await send(server)).toMatchObject({ verdict: 'rejected', status: 552 })
  })

  test('nobody there', async () => {
    const server = await start()
    await server.close()
    expect(await send(server)).toMatchObject({
      verdict: 'failed',
      message: expect.stringContaining('ECONNREFUSED'),
    })
    smtp = undefined
  })

  test('a server that thinks for longer than our deadline, and the same letter afterwards', async () => {
    const server = await start()
    let release = () => {}
    const thinking = new Promise<void>((done) => {
      release = done
    })
    server.reply({ data: () => thinking.then(() => undefined) })
    const started = performance.now()
    expect(await send(server, {}, 300)).toMatchObject({ verdict: 'failed' })
    expect(performance.now() - started).toBeLessThan(2_000)
    release()
    server.reply({})
    expect(await send(server)).toMatchObject({ verdict: 'sent' })
    expect(server.arrived.map(({ mail }) => mail.messageId)).toEqual([MESSAGE_ID, MESSAGE_ID])
  })
})

describe('TLS and passwords', () => {
  test.each([
    ['implicit', { secure: true }],
    ['starttls', {}],
    ['opportunistic', {}],
  ] as const)('%s: letter and login go encrypted', async (tls, options) => {
    const server = await start({ ...identity(), ...options, allowInsecureAuth: false })
    expect(await send(server, { tls, ca: authority.ca, auth })).toMatchObject({ verdict: 'sent' })
    expect(server.arrived).toMatchObject([{ secure: true, user: 'jdoe' }])
  })

  test.each([
    ['nobody vouches for', 'DNS:mail.test,IP:127.0.0.1', false, 2],
    ['is of another name', 'DNS:other.test', true, 2],
    ['has expired', 'DNS:mail.test,IP:127.0.0.1', true, -1],
  ] as const)('a certificate that %s: neither letter nor login', async (_what, names, knowsCa, days) => {
    const server = await start(authority.issue(names, days))
    let asked = 0
    server.reply({ auth: () => `${++asked} never` })
    const outcome = await send(server, { tls: 'starttls', auth, ...(knowsCa && { ca: authority.ca }) })
    expect(outcome).toMatchObject({
      verdict: 'misconfigured',
      message: expect.stringContaining('certificate'),
    })
    expect([asked, server.arrived]).toEqual([0, []])
  })

  test('no STARTTLS where it is required', async () => {
    const server = await start()
    let asked = 0
    server.reply({ auth: () => `${++asked} never` })
    expect(await send(server, { tls: 'starttls', auth })).toMatchObject({ verdict: 'misconfigured' })
    expect([asked, server.arrived]).toEqual([0, []])
  })

  test('no STARTTLS where it is only wished for: the letter goes in the clear', async () => {
    const server = await start()
    expect(await send(server, { tls: 'opportunistic' })).toMatchObject({ verdict: 'sent' })
    expect(server.arrived).toMatchObject([{ secure: false }])
  })

  test.each(['PLAIN', 'LOGIN', 'CRAM-MD5'])('a server that knows only AUTH %s', async (method) => {
    const server = await start({ authMethods: [method] })
    expect(await send(server, { auth })).toMatchObject({ verdict: 'sent' })
    expect(server.arrived).toMatchObject([{ user: 'jdoe' }])
  })

  test('a server without AUTH gets no letter from who was given a password', async () => {
    const server = await start({ disabledCommands: ['STARTTLS', 'AUTH'] })
    expect(await send(server, { auth })).toMatchObject({ verdict: 'misconfigured' })
    expect(server.arrived).toEqual([])
  })
})
