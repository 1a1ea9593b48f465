import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import PostalMime, { type Email } from 'postal-mime'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { outsideTools } from '@/lib/delivery/outside-tools'
import { deliveryOf } from '@/lib/delivery/testing/delivery'
import { describePeer } from '@/lib/delivery/testing/describe-peer'
import { forwardedEvent } from '@/lib/delivery/testing/forwarded'
import { emailKind } from './email-kind'

/** From the queue into the mailbox. */
const DELIVERY_MS = 15_000

beforeEach(() => {
  vi.stubEnv('SPOOR_ALLOW_NETWORKS', '127.0.0.1/32')
  vi.stubEnv('SPOOR_PUBLIC_URL', 'https://audit.acme.test')
})
afterEach(() => vi.unstubAllEnvs())

describePeer('postfix', (peer) => {
  function send(idempotencyKey: string, settings: Record<string, unknown> = {}, password = peer().password) {
    const { host, port, user, caFile } = peer()
    const config = {
      to: ['soc@acme.test', 'chief@acme.test'],
      everySeconds: 300,
      server: 'own',
      hostname: host,
      port,
      tls: 'starttls',
      ca: readFileSync(caFile, 'utf8'),
      username: user,
      from: 'Spoor ä <spoor@acme.test>',
      ...settings,
    }
    const destination = emailKind.open(config)
    const events = Array.from({ length: 60 }, (_, seq) =>
      forwardedEvent({ seq, level: seq === 59 ? 'error' : 'info', message: `ünï ${seq}\n.\n..` }),
    )
    const changes = { idempotencyKey, secrets: { password }, timeoutMs: 10_000 }
    return destination.send(deliveryOf(emailKind, destination, events, changes), outsideTools)
  }

  /** The letters of a batch in somebody's mailbox. */
  async function read(name: string, idempotencyKey: string): Promise<Email[]> {
    const dir = join(peer().mailDir, name, 'new')
    const files = existsSync(dir) ? readdirSync(dir) : []
    const mails = await Promise.all(files.map((file) => PostalMime.parse(readFileSync(join(dir, file)))))
    return mails.filter(({ messageId }) => messageId === `<${idempotencyKey}@audit.acme.test>`)
  }

  async function waitFor(name: string, idempotencyKey: string): Promise<Email> {
    const end = Date.now() + DELIVERY_MS
    for (;;) {
      const [mail] = await read(name, idempotencyKey)
      if (mail) return mail
      if (Date.now() > end) throw new Error(`no letter ${idempotencyKey} came to ${name}`)
      await sleep(50)
    }
  }

  test('a letter by STARTTLS and a login comes whole to all recipients', async () => {
    expect(await send('whole-1')).toMatchObject({ verdict: 'delivered', status: 250 })
    for (const name of ['soc', 'chief']) {
      const mail = await waitFor(name, 'whole-1')
      expect(mail).toMatchObject({
        subject: '[acme] 60 events: 1 error, 59 info',
        from: { name: 'Spoor ä', address: 'spoor@acme.test' },
      })
      for (const part of [mail.text, mail.html]) {
        expect(part).toContain('60 events in acme')
        expect(part).toContain('10 more are in the trail')
        expect(part).toContain('https://audit.acme.test/acme/trail/0192c0de-0000-7000-8000-000000000007')
      }
      expect(mail.headers.find(({ key }) => key === 'received')?.value).toMatch(/with ESMTPSA/)
    }
  })

  test('a wrong password is told as such, and sends nothing', async () => {
    const outcome = await send('wrong-1', {}, 'falsch')
    expect(outcome).toMatchObject({
      verdict: 'failed',
      status: 535,
      message: expect.stringContaining('user name and password'),
    })
    expect(JSON.stringify(outcome)).not.toContain('falsch')
    expect(await send('wrong-2', { username: 'nobody@acme.test' })).toMatchObject({ status: 535 })
  })

  test('no password is sent where the server offers a login only after TLS and TLS is off', async () => {
    const outcome = await send('clear-1', { tls: 'none', ca: undefined })
    expect(outcome.verdict).toBe('failed')
    expect(JSON.stringify(outcome)).not.toContain(peer().password)
    expect(await read('soc', 'clear-1')).toEqual([])
  })

  test('without a login the server takes nothing, and says why', async () => {
    const outcome = await send('anonymous-1', { username: undefined })
    expect(outcome).toMatchObject({ verdict: 'failed', status: 554 })
  })

  test('its certificate is checked', async () => {
    expect(await send('ca-1', { ca: undefined })).toMatchObject({
      verdict: 'failed',
      message: expect.stringContaining('certificate'),
    })
  })

  test('of two recipients, one whom nobody knows is named, and the other has the letter', async () => {
    const outcome = await send('some-1', { to: ['soc@acme.test', 'nobody@acme.test'] })
    expect(outcome).toMatchObject({
      verdict: 'delivered',
      message: expect.stringContaining('except for nobody@acme.test'),
    })
    await waitFor('soc', 'some-1')
  })
})
