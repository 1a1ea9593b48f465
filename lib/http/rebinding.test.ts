import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { guardedRequest } from './guarded-request'
import { guardedConnect } from './guarded-socket'
import { OutgoingError } from './outgoing-error'
import { type DnsServer, startDnsServer, type Zone } from './testing/dns-server'
import { answerWith, type Receiver, startReceiver } from './testing/loopback-receiver'

/** Stands for a public address, since tests leave the machine alone: the only one that is allowed. */
const PUBLIC = '127.0.0.1'
const PRIVATE = '127.0.0.2'

let receiver: Receiver
let dns: DnsServer | undefined
let owners = 0

beforeEach(async () => {
  vi.stubEnv('SPOOR_ALLOW_NETWORKS', `${PUBLIC}/32`)
  receiver = await startReceiver({ host: '0.0.0.0' })
})
afterEach(async () => {
  vi.unstubAllEnvs()
  await receiver.close()
  await dns?.close()
})

/** Both ways out: a request, and a connection as mail and syslog open it. */
const WAYS = {
  request: (host: string, owner = `rebinding ${++owners}`) =>
    guardedRequest({
      url: `http://${host}:${receiver.port}/`,
      headers: {},
      owner,
      timeoutMs: 5_000,
      ...(dns && { resolve: dns.resolve }),
    }),
  connection: async (host: string) => {
    const socket = await guardedConnect({ host, port: receiver.port, ...(dns && { resolve: dns.resolve }) })
    socket.destroy()
  },
}

const reasonOf = (made: Promise<unknown>) =>
  made.then(
    () => 'reached',
    (error: unknown) => (error instanceof OutgoingError ? error.reason : String(error)),
  )

const PRIVATE_ZONES: Record<string, Zone> = {
  'a private address': { 'evil.test': [[PRIVATE]] },
  'a public and a private address': { 'evil.test': [[PUBLIC, PRIVATE]] },
  'a private address before a public one': { 'evil.test': [[PRIVATE, PUBLIC]] },
  'a public address, and a private one of the other kind': { 'evil.test': [[PUBLIC, '::1']] },
  'IPv4 hidden in IPv6': { 'evil.test': [['::ffff:127.0.0.2']] },
  'the same by NAT64': { 'evil.test': [['64:ff9b::127.0.0.2']] },
  'the same by 6to4': { 'evil.test': [['2002:7f00:2::']] },
  'a link-local address': { 'evil.test': [['fe80::1']] },
  'the address of the cloud’s metadata': { 'evil.test': [['169.254.169.254']] },
  'the same over IPv6': { 'evil.test': [['fd00:ec2::254']] },
  'another name with a private address': { 'evil.test': [['inner.test']], 'inner.test': [[PRIVATE]] },
  'a chain of names to the metadata': {
    'evil.test': [['one.test']],
    'one.test': [['metadata.google.internal']],
    'metadata.google.internal': [['169.254.169.254']],
  },
}

describe.each(Object.keys(WAYS) as (keyof typeof WAYS)[])('by a %s', (way) => {
  test.each(Object.keys(PRIVATE_ZONES))(
    'a name that leads to %s is refused without a connection',
    async (what) => {
      dns = await startDnsServer(PRIVATE_ZONES[what] ?? {})
      expect(await reasonOf(WAYS[way]('evil.test'))).toBe('forbidden_target')
      expect(dns.asked('evil.test')).toBe(1)
      expect(receiver.connections()).toBe(0)
    },
  )

  test('a name with public addresses only is reached, through other names too', async () => {
    dns = await startDnsServer({ 'good.test': [['inner.test']], 'inner.test': [[PUBLIC]] })
    expect(await reasonOf(WAYS[way]('good.test'))).toBe('reached')
    expect(receiver.connections()).toBe(1)
  })

  test('a name that nobody knows is told as such', async () => {
    dns = await startDnsServer({})
    expect(await reasonOf(WAYS[way]('nowhere.test'))).toBe('dns')
  })

  test('the answer that was checked is the one that is used: there is no second question', async () => {
    dns = await startDnsServer({ 'flip.test': [[PUBLIC], [PRIVATE]] })
    expect(await reasonOf(WAYS[way]('flip.test'))).toBe('reached')
    expect(dns.asked('flip.test')).toBe(1)
    expect(await reasonOf(WAYS[way]('flip.test'))).toBe('forbidden_target')
    expect(dns.asked('flip.test')).toBe(2)
    expect(receiver.connections()).toBe(1)
  })
})

test('a name that turns private between two requests of one destination is refused at the second', async () => {
  dns = await startDnsServer({ 'flip.test': [[PUBLIC], [PRIVATE]] })
  receiver.answer(answerWith(200, 'first', { connection: 'close' }))
  expect(await reasonOf(WAYS.request('flip.test', 'one owner'))).toBe('reached')
  expect(await reasonOf(WAYS.request('flip.test', 'one owner'))).toBe('forbidden_target')
  expect(receiver.received).toHaveLength(1)
})
