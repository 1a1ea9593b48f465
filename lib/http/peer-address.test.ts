import { createServer } from 'node:http'
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

test('the stamp is ours: what a client sends under its name is replaced', async () => {
  stampPeerAddresses()
  const server = createServer((request, response) => {
    const raw = request.rawHeaders.filter((_, i, all) => all[i - 1]?.toLowerCase() === 'x-spoor-peer')
    response.end(JSON.stringify({ parsed: request.headers['x-spoor-peer'], raw }))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const response = await fetch(`http://127.0.0.1:${port}`, { headers: { 'X-Spoor-Peer': '6.6.6.6' } })
  expect(await response.json()).toEqual({ parsed: '127.0.0.1', raw: ['127.0.0.1'] })
  server.close()
})
