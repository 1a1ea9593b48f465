import { createSocket, type Socket } from 'node:dgram'
import { lookup } from 'node:dns'
import { afterEach, expect, test } from 'vitest'
import { createResolver, type Resolver } from './system-resolver'
import { type DnsServer, startDnsServer } from './testing/dns-server'

let dns: DnsServer | undefined
let silent: Socket | undefined
afterEach(async () => {
  await dns?.close()
  silent?.close()
  dns = silent = undefined
})

const ask = (resolve: Resolver, name: string) =>
  new Promise<{ code: string | undefined; addresses: string[] }>((done) =>
    resolve(name, (error, found) =>
      done({
        code: (error as NodeJS.ErrnoException | null)?.code,
        addresses: found.map(({ address }) => address),
      }),
    ),
  )

test('a name has the addresses of both kinds that its name server gives', async () => {
  dns = await startDnsServer({ 'both.test': [['192.0.2.1', '192.0.2.2', '2001:db8::1']] })
  expect((await ask(dns.resolve, 'both.test')).addresses).toEqual(['192.0.2.1', '192.0.2.2', '2001:db8::1'])
})

test('what the name servers don’t know is asked of the system, which has a file of hosts', async () => {
  dns = await startDnsServer({})
  expect((await ask(dns.resolve, 'localhost')).addresses).toContain('127.0.0.1')
  expect((await ask(dns.resolve, 'unknown.test')).code).toBe('ENOTFOUND')
})

test('dead name servers hold no thread: others’ names are found at once meanwhile, and each gives up in time', async () => {
  silent = createSocket('udp4')
  await new Promise<void>((bound) => silent?.bind(0, '127.0.0.1', bound))
  const dead = createResolver([`127.0.0.1:${silent.address().port}`])
  const started = performance.now()
  const waiting = Array.from({ length: 32 }, (_, i) => ask(dead, `dead-${i}.test`))
  await new Promise<void>((found) => lookup('localhost', () => found()))
  expect(performance.now() - started).toBeLessThan(1_000)
  expect(new Set((await Promise.all(waiting)).map(({ code }) => code))).toEqual(new Set(['ETIMEOUT']))
  expect(performance.now() - started).toBeLessThan(5_000)
})
