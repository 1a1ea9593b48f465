import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { Delivery, Tools } from '@/lib/delivery/destinations/contract'
import { outsideTools } from '@/lib/delivery/outside-tools'
import { deliveryOf } from '@/lib/delivery/testing/delivery'
import { forwardedEvent } from '@/lib/delivery/testing/forwarded'
import { sendMail } from '@/lib/mail/send-mail'
import { startRealSmtp } from '@/lib/mail/testing/real-smtp'
import { type ScriptedSmtp, startScriptedSmtp } from '@/lib/mail/testing/scripted-smtp'
import { emailKind } from './email-kind'

let smtp: ScriptedSmtp

beforeEach(async () => {
  vi.stubEnv('SPOOR_ALLOW_NETWORKS', '127.0.0.1/32')
  vi.stubEnv('SPOOR_PUBLIC_URL', 'https://audit.acme.test')
  smtp = await startScriptedSmtp({ auth: true })
})
afterEach(async () => {
  vi.unstubAllEnvs()
  await smtp.close()
})

const events = [forwardedEvent({ seq: 1 }), forwardedEvent({ seq: 2, level: 'error' })]

/** The instance's server without its limit, which is counted in the database. */
const tools: Tools = { ...outsideTools, mail: (_tenantId, mail, call) => sendMail(mail, call) }

function send(changes: Partial<Delivery> = {}, settings: Record<string, unknown> = {}, sent = events) {
  const own = { hostname: '127.0.0.1', port: smtp.port, tls: 'none', username: 'u', from: 'spoor@acme.test' }
  const config = {
    to: ['soc@acme.test', 'chief@acme.test'],
    everySeconds: 300,
    server: 'own',
    ...own,
    ...settings,
  }
  const destination = emailKind.open(config)
  const delivery = deliveryOf(emailKind, destination, sent, { secrets: { password: 'geheim' }, ...changes })
  return destination.send(delivery, tools)
}

test('a batch is one letter to all, under a Message-ID of its own for all tries', async () => {
  const outcome = await send()
  expect(outcome).toMatchObject({
    verdict: 'delivered',
    status: 250,
    request: `Letter to 2 recipients by 127.0.0.1:${smtp.port}`,
  })
  const [mail] = smtp.received
  expect(mail).toMatchObject({ from: 'spoor@acme.test', to: ['soc@acme.test', 'chief@acme.test'] })
  expect(mail?.auth).toBe('\0u\0geheim')
  expect(mail?.data).toMatch(/^Subject: \[acme\] 2 events: 1 error, 1 info\r$/m)
  expect(mail?.data).toMatch(/^Message-ID: <key-1@audit\.acme\.test>\r$/m)
  expect(mail?.data).toMatch(/^X-Spoor-Batch: key-1\r$/m)
  expect(mail?.data).toMatch(/^List-ID: <events\.acme\.audit\.acme\.test>\r$/m)
})

test('one event is told in its own words', async () => {
  await send({}, {}, [forwardedEvent()])
  expect(smtp.received[0]?.data).toMatch(/^Subject: \[acme\] jdoe25 signed in\r$/m)
})

test('what is previewed is what arrives', async () => {
  const real = await startRealSmtp()
  const destination = emailKind.open({
    to: ['soc@acme.test'],
    everySeconds: 0,
    server: 'own',
    hostname: '127.0.0.1',
    port: real.port,
    tls: 'none',
    from: 'spoor@acme.test',
  })
  const message = 'Pay\r\nBcc: all@acme.test\r\n\r\n\u202ehttps://evil.example <b>now</b>'
  const body = JSON.stringify({ type: 'account', action: 'signed in', message, actor: { login: message } })
  const hostile = forwardedEvent({ type: message, action: message, actorLogin: message, body })
  for (const sent of [[hostile], [hostile, hostile]]) {
    const delivery = deliveryOf(emailKind, destination, sent)
    expect(await destination.send(delivery, tools)).toMatchObject({ verdict: 'delivered' })
    const letter = real.arrived.at(-1)
    const shown = destination.preview?.(delivery)
    expect(letter).toMatchObject({ to: ['soc@acme.test'], mail: { subject: shown?.subject } })
    expect(letter?.mail.bcc ?? []).toEqual([])
    expect(letter?.mail.text?.replaceAll('\r\n', '\n').trim()).toBe(shown?.text.trim())
    expect(letter?.mail.html?.trim()).toBe(shown?.html?.trim())
    expect(shown?.subject).not.toMatch(/[\r\n\u202e]/)
    expect(shown?.html).not.toMatch(/<b>|:\/\/evil/)
  }
  await real.close()
})

test('letters about what a storage gets lead to the storage', async () => {
  const stream = { tenantId: 't', destinationId: 'd-1', companionOf: 's3-1' }
  await send({ stream })
  expect(smtp.received[0]?.data.replaceAll('=\r\n', '')).toContain(
    'https://audit.acme.test/acme/forwarding/s3-1',
  )
})

test('a cut connection is no success, and the letter comes again under the same Message-ID', async () => {
  smtp.follow({ message: 'drop' })
  expect(await send()).toMatchObject({ verdict: 'failed' })
  smtp.follow({})
  expect(await send({ mayHaveArrived: true })).toMatchObject({ verdict: 'delivered' })
  const ids = smtp.received.map(({ data }) => /^Message-ID: .*$/m.exec(data)?.[0])
  expect(ids).toHaveLength(2)
  expect(ids[0]).toBe(ids[1])
})

test('a letter that is refused for what it says is sent without a word of the events', async () => {
  let letters = 0
  smtp.follow({ message: () => (letters++ === 0 ? '554 looks like spam' : '250 taken') })
  expect(await send()).toMatchObject({ verdict: 'delivered' })
  expect(smtp.received).toHaveLength(2)
  expect(smtp.received[1]?.data).toContain('only counts them')
  expect(smtp.received[1]?.data).not.toContain('jdoe25')
})

test.each([
  ['451 at RCPT', { RCPT: '451 greylisted' }, { status: 451, retryAfterMs: 60_000 }],
  ['550 at RCPT', { RCPT: '550 nobody' }, { status: 550 }],
  ['535 at AUTH', { AUTH: '535 wrong' }, { status: 535 }],
  ['552 for every letter', { message: '552 mailbox full' }, { status: 552 }],
])('%s holds the stream: no event is lost for it', async (_what, script, told) => {
  smtp.follow(script)
  expect(await send()).toMatchObject({ verdict: 'failed', ...told })
})

test('a server that repeats the login brings the password nowhere', async () => {
  smtp.follow({ AUTH: (line) => `535 unknown: ${line} geheim ${Buffer.from('geheim').toString('base64')}` })
  for (const username of ['u', 'us', 'use']) {
    const outcome = await send({}, { username })
    const plain = Buffer.from(`\0${username}\0geheim`).toString('base64')
    expect(outcome).toMatchObject({ status: 535, answer: expect.stringContaining('[secret]') })
    expect(JSON.stringify(outcome)).not.toMatch(/geheim|Z2VoZWlt/)
    expect(JSON.stringify(outcome)).not.toContain(plain)
  }
})

test('a private server is refused unless the operator allows it', async () => {
  vi.stubEnv('SPOOR_ALLOW_NETWORKS', '')
  expect(await send()).toMatchObject({ verdict: 'failed', message: expect.stringContaining('not a public') })
  expect(smtp.received).toEqual([])
})

test('our own stop is told apart', async () => {
  expect(await send({ signal: AbortSignal.abort() })).toMatchObject({ verdict: 'aborted' })
})

test('the instance’s mail server serves where it is chosen, and its absence holds the stream', async () => {
  vi.stubEnv('SPOOR_ALLOW_NETWORKS', '')
  const instance = { server: 'instance' }
  expect(await send({}, instance)).toMatchObject({
    verdict: 'failed',
    message: expect.stringContaining('SPOOR_SMTP_URL'),
  })
  vi.stubEnv('SPOOR_SMTP_URL', `smtp://127.0.0.1:${smtp.port}`)
  vi.stubEnv('SPOOR_MAIL_FROM', 'Spoor <audit@acme.test>')
  expect(await send({}, instance)).toMatchObject({ verdict: 'delivered' })
  expect(smtp.received).toMatchObject([{ from: 'audit@acme.test' }])
})
