import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, expect, test, vi } from 'vitest'
import { clientOf, stampPeerAddresses } from './peer-address'

afterEach(() => vi.unstubAllEnvs())

const headersOf = (peer: string, forwarded?: string) =>
  new Headers({ 'x-spoor-peer': peer, ...(forwarded && { 'x-forwarded-for': forwarded }) })

test('without a trusted proxy, x-forwarded-for is nothing but a claim', () => {
  expect(clientOf(headersOf('203.0.113.9', '1.1.1.1')).ip).toBe('203.0.113.9')
  vi.stubEnv('SPOOR_TRUSTED_PROXIES', '10.0.0.0/8')
  expect(clientOf(headersOf('203.0.113.9', '1.1.1.1')).ip).toBe('203.0.113.9')
})

test('behind trusted proxies the client is the last hop that is none of them', () => {
  vi.stubEnv('SPOOR_TRUSTED_PROXIES', '10.0.0.0/8, 192.0.2.1')
  expect(clientOf(headersOf('10.0.0.2', '6.6.6.6, 203.0.113.9')).ip).toBe('203.0.113.9')
  expect(clientOf(headersOf('::ffff:10.0.0.2', '6.6.6.6, 203.0.113.9, 192.0.2.1')).ip).toBe('203.0.113.9')
  expect(clientOf(headersOf('10.0.0.2', 'nonsense')).ip).toBe('10.0.0.2')
})

test('the zone of a link-local address, which no database takes, is left out', () => {
  expect(clientOf(headersOf('fe80::1%eth0')).ip).toBe('fe80::1')
})

test('a typing error in the trusted proxies is told before the first request', () => {
  vi.stubEnv('SPOOR_TRUSTED_PROXIES', '10.0.0.0/')
  expect(stampPeerAddresses).toThrow(/SPOOR_TRUSTED_PROXIES/)
})

test('the stamp is ours: what a client sends under its name is replaced', async () => {
  stampPeerAddresses()
  const server = createServer((request, response) => {
    const raw = request.rawHeaders.filter((_, i, all) => all[i - 1]?.toLowerCase() === 'x-spoor-peer')
    response.end(JSON.stringify({ parsed: request.headers['x-spoor-peer'], raw }))
  })
  const response = await fetch(await listen(server), { headers: { 'X-Spoor-Peer': '6.6.6.6' } })
  expect(await response.json()).toEqual({ parsed: '127.0.0.1', raw: ['127.0.0.1'] })
  server.close()
})

test('a proxy that is not trusted yet is told of once, with what to set', async () => {
  stampPeerAddresses()
  const server = createServer((_, response) => response.end())
  const url = await listen(server)
  const log = vi.spyOn(process.stderr, 'write').mockReturnValue(true)
  const forwarded = { 'x-forwarded-for': '203.0.113.9' }
  const lines = () => log.mock.calls.map(([line]) => JSON.parse(String(line)))

  await fetch(url)
  // Next asks itself after a redirect, and hands on the headers that it got: our stamp among them.
  await fetch(url, { headers: { ...forwarded, 'x-spoor-peer': '203.0.113.9' } })
  vi.stubEnv('SPOOR_TRUSTED_PROXIES', '127.0.0.1')
  await fetch(url, { headers: forwarded })
  expect(lines()).toEqual([])

  vi.stubEnv('SPOOR_TRUSTED_PROXIES', '10.0.0.0/8')
  await fetch(url, { headers: forwarded })
  await fetch(url, { headers: forwarded })
  expect(lines()).toMatchObject([
    { level: 'warning', message: expect.stringMatching(/127\.0\.0\.1.*SPOOR_TRUSTED_PROXIES/) },
  ])
  log.mockRestore()
  server.close()
})

async function listen(server: Server): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}
