import { once } from 'node:events'
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net'
import { createServer as createTlsServer } from 'node:tls'
import { afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { guardedConnect, type SocketTarget } from './guarded-socket'
import type { Resolver } from './system-resolver'
import { makeAuthority, type ServerIdentity, type TestAuthority } from './testing/authority'

let server: Server
let connections: Socket[]

beforeEach(() => {
  vi.stubEnv('SPOOR_ALLOW_NETWORKS', '127.0.0.1/32')
  connections = []
})
afterEach(() => {
  vi.unstubAllEnvs()
  for (const socket of connections) socket.destroy()
  server.close()
})

async function listen(made: Server): Promise<number> {
  server = made
  server.on('connection', (socket: Socket) => {
    socket.on('error', () => {}).resume()
    connections.push(socket)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return (server.address() as AddressInfo).port
}

const everywhere =
  (...addresses: string[]): Resolver =>
  (_host, done) =>
    done(
      null,
      addresses.map((address) => ({ address, family: 4 })),
    )

/** Without listening for errors, as `events.once` would. */
const closed = (socket: Socket) => new Promise<void>((resolve) => socket.once('close', () => resolve()))

const connectTo = (port: number, given: Partial<SocketTarget> = {}) =>
  guardedConnect({ host: 'logs.test', port, resolve: everywhere('127.0.0.1'), ...given })

test('a connection carries what is written, both ways', async () => {
  const port = await listen(createServer((socket) => socket.pipe(socket)))
  const socket = await connectTo(port)
  socket.write('hello')
  expect(String(await once(socket, 'data'))).toBe('hello')
  socket.destroy()
})

test('the connected socket decides, whatever the lookup showed', async () => {
  vi.stubEnv('SPOOR_ALLOW_NETWORKS', '')
  const port = await listen(createServer())
  const resolve: Resolver = (_host, done) => {
    vi.stubEnv('SPOOR_ALLOW_NETWORKS', '127.0.0.1/32')
    done(null, [{ address: '127.0.0.1', family: 4 }])
    vi.stubEnv('SPOOR_ALLOW_NETWORKS', '')
  }
  for (const tls of [undefined, {}])
    await expect(connectTo(port, { resolve, ...(tls && { tls }) })).rejects.toMatchObject({
      reason: 'forbidden_target',
      message: expect.stringContaining('127.0.0.1'),
    })
})

test('a name whose resolver never answers is given up in time', async () => {
  const started = performance.now()
  const target = { host: 'silent.test', port: 6514, resolve: () => {}, connectTimeoutMs: 100 }
  await expect(guardedConnect(target)).rejects.toMatchObject({ reason: 'connect' })
  expect(performance.now() - started).toBeLessThan(2_000)
})

test('a closed port, and our own stop, are told as such', async () => {
  const port = await listen(createServer())
  server.close()
  await once(server, 'close')
  await expect(connectTo(port)).rejects.toMatchObject({ reason: 'connect' })
  await expect(connectTo(port, { signal: AbortSignal.abort() })).rejects.toMatchObject({ reason: 'aborted' })
})

test('a reset that comes when nobody listens does not end the process', async () => {
  const port = await listen(createServer())
  const socket = await connectTo(port)
  await expect.poll(() => connections.length).toBe(1)
  connections[0]?.resetAndDestroy()
  await closed(socket)
  expect(socket.destroyed).toBe(true)
})

describe('TLS', () => {
  let authority: TestAuthority
  let good: ServerIdentity
  beforeAll(() => {
    authority = makeAuthority()
    good = authority.issue('DNS:logs.test,IP:127.0.0.1')
  })
  const trusted = () => ({ tls: { ca: authority.ca } })
  const serve = (identity: ServerIdentity, greet = false) =>
    listen(createTlsServer(identity, (socket) => (greet ? socket.end('welcome') : undefined)))

  test('is verified against the authority that was given, for a name and for an address', async () => {
    const port = await serve(good, true)
    for (const host of ['logs.test', '127.0.0.1']) {
      const socket = await connectTo(port, { ...trusted(), host })
      expect(String(await once(socket, 'data'))).toBe('welcome')
      socket.destroy()
    }
  })

  test.each([
    ['an authority that nobody knows', () => good, () => ({ tls: {} })],
    ['another authority than the given one', () => good, () => ({ tls: { ca: makeAuthority('Other').ca } })],
    ['another name', () => authority.issue('DNS:other.test'), trusted],
    ['a certificate that has expired', () => authority.issue('DNS:logs.test', -1), trusted],
  ])('%s is refused', async (_what, identity, target) => {
    const port = await serve(identity())
    await expect(connectTo(port, target())).rejects.toMatchObject({ reason: 'tls' })
  })

  test('a version that is too old is refused', async () => {
    const old = {
      ...good,
      minVersion: 'TLSv1' as const,
      maxVersion: 'TLSv1.1' as const,
      ciphers: 'ALL:@SECLEVEL=0',
    }
    const port = await listen(createTlsServer(old))
    await expect(connectTo(port, trusted())).rejects.toMatchObject({ reason: 'tls' })
  })

  test('a server that never shakes hands is given up in time, and left', async () => {
    const port = await listen(createServer())
    await expect(connectTo(port, { ...trusted(), connectTimeoutMs: 100 })).rejects.toMatchObject({
      reason: 'connect',
    })
    await expect.poll(() => connections.every((socket) => socket.closed)).toBe(true)
  })

  test('what speaks no TLS is refused', async () => {
    const port = await listen(createServer((socket) => void socket.end('220 mail.test ESMTP\r\n')))
    await expect(connectTo(port, trusted())).rejects.toMatchObject({ reason: 'tls' })
  })

  test('a connection that breaks later does not end the process', async () => {
    const port = await serve(good)
    const socket = await connectTo(port, trusted())
    connections[0]?.resetAndDestroy()
    await closed(socket)
    expect(socket.destroyed).toBe(true)
  })

  test('of several addresses the one that answers is used', async () => {
    vi.stubEnv('SPOOR_ALLOW_NETWORKS', '127.0.0.0/30')
    const port = await serve(good, true)
    const socket = await connectTo(port, { ...trusted(), resolve: everywhere('127.0.0.2', '127.0.0.1') })
    expect(String(await once(socket, 'data'))).toBe('welcome')
    socket.destroy()
  })
})
