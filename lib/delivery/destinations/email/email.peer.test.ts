import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import PostalMime from 'postal-mime'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { outsideTools } from '@/lib/delivery/outside-tools'
import { deliveryOf } from '@/lib/delivery/testing/delivery'
import { describePeer } from '@/lib/delivery/testing/describe-peer'
import { forwardedEvent } from '@/lib/delivery/testing/forwarded'
import { emailKind } from './email-kind'

beforeEach(() => vi.stubEnv('SPOOR_ALLOW_NETWORKS', '127.0.0.1/32'))
afterEach(() => vi.unstubAllEnvs())

describePeer('aiosmtpd', (peer) => {
  async function send(idempotencyKey: string, settings: Record<string, unknown>) {
    const { host, port } = peer()
    const config = {
      to: ['soc@acme.test', 'chief@acme.test'],
      everySeconds: 300,
      server: 'own',
      hostname: host,
      port,
      from: 'Spoor ä <spoor@acme.test>',
      ...settings,
    }
    const destination = emailKind.open(config)
    const events = [forwardedEvent({ seq: 1 }), forwardedEvent({ seq: 2, message: 'ünï\n.\n..' })]
    return destination.send(deliveryOf(emailKind, destination, events, { idempotencyKey }), outsideTools)
  }

  function mailWith(idempotencyKey: string): string[] {
    const dir = join(peer().mailDir, 'new')
    const mails = readdirSync(dir).map((name) => readFileSync(join(dir, name), 'utf8'))
    return mails.filter((mail) => mail.includes(`Message-ID: <${idempotencyKey}@`))
  }

  test('an SMTP server that others wrote takes the letter whole', async () => {
    expect(await send('plain-1', { tls: 'none' })).toMatchObject({ verdict: 'delivered', status: 250 })
    const [mail = ''] = mailWith('plain-1')
    expect(mail).toMatch(/^X-RcptTo: soc@acme\.test, chief@acme\.test$/m)
    expect(mail).toMatch(/^X-MailFrom: spoor@acme\.test$/m)
    expect(mail).toMatch(/^Subject: \[acme\] 2 events: 2 info$/m)
    expect(mail).toMatch(/^Auto-Submitted: auto-generated$/m)
    const { text, html } = await PostalMime.parse(mail)
    for (const part of [text, html]) expect(part).toContain('2 events in acme')
    expect(text).toMatch(/^22:37:59 {2}info {3}account {3}jdoe25$/m)
  })

  test('also over STARTTLS, with its certificate checked', async () => {
    const ca = readFileSync(peer().caFile, 'utf8')
    expect(await send('tls-1', { tls: 'starttls', ca })).toMatchObject({ verdict: 'delivered' })
    expect(mailWith('tls-1')).toHaveLength(1)
    expect(await send('tls-2', { tls: 'starttls' })).toMatchObject({ verdict: 'failed' })
    expect(mailWith('tls-2')).toEqual([])
  })

  test('a repeat has the same Message-ID', async () => {
    await send('again-1', { tls: 'none' })
    await send('again-1', { tls: 'none' })
    expect(mailWith('again-1')).toHaveLength(2)
  })
})
