import { once } from 'node:events'
import { type AddressInfo, createServer, type Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { Delivery, Settings, Tools } from '@/lib/delivery/destinations/contract'
import { parseRfc5424 } from '@/lib/delivery/encodings/testing/parse-rfc5424'
import { sampleEvents } from '@/lib/delivery/encodings/testing/sample-events'
import type { ForwardedEvent } from '@/lib/delivery/forwarded-event'
import { outsideTools } from '@/lib/delivery/outside-tools'
import { deliveryOf } from '@/lib/delivery/testing/delivery'
import { outgoingEvent } from '@/lib/delivery/testing/outgoing'
import { parseInput } from '@/lib/errors/parse-input'
import { makeAuthority } from '@/lib/http/testing/authority'
import { syslogKind } from './syslog-kind'
import { readFrames, type SyslogServer, startSyslogServer } from './testing/syslog-server'

let server: SyslogServer

beforeEach(async () => {
  vi.stubEnv('SPOOR_ALLOW_NETWORKS', '127.0.0.1/32')
  server = await startSyslogServer()
})
afterEach(async () => {
  vi.unstubAllEnvs()
  await server.close()
})

const destinationAt = (port: number, input: Settings = {}) =>
  syslogKind.open(
    syslogKind.configure(
      parseInput(syslogKind.input, { host: '127.0.0.1', port, transport: 'tcp', ...input }),
    ).config,
  )

function send(
  events: readonly ForwardedEvent[] = sampleEvents,
  { input, changes }: { input?: Settings; changes?: Partial<Delivery> } = {},
) {
  const destination = destinationAt(server.port, input)
  return destination.send(deliveryOf(syslogKind, destination, events, changes), outsideTools)
}

const seqsIn = (bytes: Buffer) => readFrames(bytes).map((message) => Number(parseRfc5424(message).params.seq))
const allSeqs = sampleEvents.map(({ seq }) => seq)

/** As long as the bytes need that were written, but not read yet. */
async function untilArrived(count: number): Promise<void> {
  const total = () => server.arrived.flatMap(({ bytes }) => readFramesOrNone(bytes)).length
  for (let tries = 0; tries < 200 && total() < count; tries++) await sleep(10)
}

function readFramesOrNone(bytes: Buffer): string[] {
  try {
    return readFrames(bytes)
  } catch {
    return []
  }
}

test('events arrive in order, each in its own frame, the last one with the checkpoint', async () => {
  const outcome = await send(sampleEvents, { changes: { checkpoint: 'note\n' } })
  await untilArrived(sampleEvents.length)
  const messages = readFrames(server.arrived[0]?.bytes ?? Buffer.alloc(0)).map(parseRfc5424)
  expect(messages.map(({ params }) => Number(params.seq))).toEqual(allSeqs)
  expect(messages.map(({ message }) => JSON.parse(message).checkpoint).filter(Boolean)).toEqual(['note\n'])
  expect(outcome).toMatchObject({
    verdict: 'delivered',
    request: expect.stringMatching(/^syslog over TCP to 127\.0\.0\.1:\d+, 19 events, \d+ kB$/),
  })
})

test('newline framing has a newline after each message and nowhere else', async () => {
  await send(sampleEvents, { input: { framing: 'newline', encoding: 'text' } })
  await vi.waitFor(() => expect(server.arrived[0]?.bytes.at(-1)).toBe(10))
  const lines = String(server.arrived[0]?.bytes).split('\n')
  expect(lines.pop()).toBe('')
  expect(lines.map((line) => Number(parseRfc5424(line).params.seq))).toEqual(allSeqs)
})

test('an event that is longer than the server takes is sent short and marked', async () => {
  await send([outgoingEvent({ type: 'a', action: 'b', data: { long: 'x'.repeat(10_000) } })])
  await untilArrived(1)
  const [frame = ''] = readFrames(server.arrived[0]?.bytes ?? Buffer.alloc(0))
  expect(Buffer.byteLength(frame)).toBeLessThanOrEqual(8_192)
  expect(parseRfc5424(frame).params).toMatchObject({ truncated: 'true', seq: '7' })
})

test('batches of one owner share a connection, those of others do not', async () => {
  for (const owner of ['same', 'same', 'other'])
    expect(await send(sampleEvents, { changes: { owner: `share ${owner}` } })).toMatchObject({
      verdict: 'delivered',
    })
  await untilArrived(3 * sampleEvents.length)
  expect(server.arrived.map(({ bytes }) => seqsIn(bytes))).toEqual([[...allSeqs, ...allSeqs], allSeqs])
})

test('a silent connection is ended after some seconds', async () => {
  let ended = false
  server.treat((socket) => {
    socket.resume().once('end', () => {
      ended = true
    })
  })
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'], shouldAdvanceTime: true })
  try {
    await send(sampleEvents, { changes: { owner: 'silent' } })
    expect(ended).toBe(false)
    await vi.advanceTimersByTimeAsync(4_000)
  } finally {
    vi.useRealTimers()
  }
  await vi.waitFor(() => expect(ended).toBe(true))
})

test('a connection that the server closed meanwhile is noticed before it costs a batch', async () => {
  const changes = { owner: 'restarted' }
  await send(sampleEvents, { changes })
  await untilArrived(sampleEvents.length)
  await server.hangUp()
  expect(await send(sampleEvents, { changes })).toMatchObject({ verdict: 'delivered' })
  await untilArrived(2 * sampleEvents.length)
  expect(server.arrived.map(({ bytes }) => seqsIn(bytes))).toEqual([allSeqs, allSeqs])
})

test('a server that closes the connection at once has taken nothing', async () => {
  server.treat((socket) => socket.destroy())
  expect(await send()).toMatchObject({ verdict: 'failed', message: expect.stringContaining('closed') })
  server.treat((socket) => socket.resetAndDestroy())
  expect(await send()).toMatchObject({ verdict: 'failed', mayBeTooLarge: true })
})

test('a server that does not read is given up in time', async () => {
  server.treat((socket) => socket.pause())
  // More than the buffers of both sides hold.
  const long = { data: { long: 'x'.repeat(180_000) } }
  const events = Array.from({ length: 80 }, (_, seq) =>
    outgoingEvent({ type: 'a', action: 'b', ...long }, { seq }),
  )
  const destination = destinationAt(server.port, { maxMessageBytes: 199_999 })
  const delivery = deliveryOf(syslogKind, destination, events, { timeoutMs: 500 })
  const body = Buffer.concat(Array.from({ length: 16 }, () => delivery.body))
  expect(await destination.send({ ...delivery, body }, outsideTools)).toMatchObject({
    verdict: 'failed',
    message: expect.stringContaining('did not read'),
    mayBeTooLarge: true,
  })
})

test('our own stop is no failure of the server', async () => {
  const controller = new AbortController()
  controller.abort()
  expect(await send(sampleEvents, { changes: { signal: controller.signal } })).toMatchObject({
    verdict: 'aborted',
  })
  const later = new AbortController()
  server.treat((socket) => {
    socket.pause()
    later.abort()
  })
  expect(await send(sampleEvents, { changes: { signal: later.signal } })).toMatchObject({
    verdict: 'aborted',
  })
})

test('a closed port is told as such', async () => {
  const { port } = server
  await server.close()
  const destination = destinationAt(port)
  const outcome = await destination.send(deliveryOf(syslogKind, destination, sampleEvents), outsideTools)
  expect(outcome).toMatchObject({ verdict: 'failed', message: expect.stringContaining('ECONNREFUSED') })
  server = await startSyslogServer()
})

test('a private address is refused at every send, even if it was allowed once', async () => {
  const destination = destinationAt(server.port)
  vi.stubEnv('SPOOR_ALLOW_NETWORKS', '')
  const outcome = await destination.send(deliveryOf(syslogKind, destination, sampleEvents), outsideTools)
  expect(outcome).toMatchObject({
    verdict: 'failed',
    message: expect.stringContaining('SPOOR_ALLOW_NETWORKS'),
  })
  expect(server.arrived).toEqual([])
})

test('TLS verifies the server, by its own authority where one is given', async () => {
  await server.close()
  const authority = makeAuthority()
  server = await startSyslogServer(authority.issue('IP:127.0.0.1'))
  const tls = { transport: 'tls', ca: authority.ca }
  const changes = { owner: 'tls' }
  expect(await send(sampleEvents, { input: tls, changes })).toMatchObject({ verdict: 'delivered' })
  // Whoever trusts others must not get the connection that is kept.
  for (const input of [{ transport: 'tls' }, { transport: 'tls', ca: makeAuthority('other').ca }])
    expect(await send(sampleEvents, { input, changes })).toMatchObject({
      verdict: 'failed',
      message: expect.stringMatching(/certificate or handshake/),
    })
  await untilArrived(sampleEvents.length)
  expect(seqsIn(server.arrived[0]?.bytes ?? Buffer.alloc(0))).toEqual(allSeqs)
  await server.close()
  server = await startSyslogServer(authority.issue('DNS:else.test'))
  expect(await send(sampleEvents, { input: tls })).toMatchObject({
    verdict: 'failed',
    message: expect.stringContaining('ALTNAME'),
  })
})

test('a connection whose end the other side never answers is given up', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  const stubborn = createServer({ allowHalfOpen: true }, (socket) => {
    socket.on('error', () => {}).resume()
    open.add(socket)
  })
  const open = new Set<Socket>()
  stubborn.listen(0, '127.0.0.1')
  await once(stubborn, 'listening')
  try {
    const made: Socket[] = []
    const connect: Tools['connect'] = async (target) => {
      const socket = await outsideTools.connect(target)
      made.push(socket)
      return socket
    }
    const destination = destinationAt((stubborn.address() as AddressInfo).port)
    const sending = destination.send(deliveryOf(syslogKind, destination, sampleEvents), {
      ...outsideTools,
      connect,
    })
    const moment = setInterval(() => vi.advanceTimersByTime(60), 10)
    expect(await sending).toMatchObject({ verdict: 'delivered' })
    clearInterval(moment)
    expect(made.map(({ destroyed }) => destroyed)).toEqual([false])
    vi.advanceTimersByTime(30_000)
    expect(made.map(({ destroyed }) => destroyed)).toEqual([true])
  } finally {
    vi.useRealTimers()
    for (const socket of open) socket.destroy()
    stubborn.close()
  }
})
