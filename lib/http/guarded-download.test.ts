import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { type GuardedDownload, guardedDownload } from './guarded-download'
import {
  answerWith,
  type Behaviour,
  hang,
  type Receiver,
  reset,
  startReceiver,
} from './testing/loopback-receiver'

let receiver: Receiver
let owners = 0
beforeEach(async () => {
  vi.stubEnv('SPOOR_ALLOW_NETWORKS', '127.0.0.1/32')
  receiver = await startReceiver()
})
afterEach(async () => {
  vi.unstubAllEnvs()
  await receiver.close()
})

const MIB = 2 ** 20
const download = (given: Partial<GuardedDownload> = {}) =>
  guardedDownload({ url: receiver.url, headers: {}, owner: `download ${++owners}`, ...given })
async function readAll(bytes: AsyncIterable<Buffer>): Promise<number> {
  let length = 0
  for await (const part of bytes) length += part.length
  return length
}

const pour =
  (bytes: number): Behaviour =>
  async (_request, response) => {
    response.writeHead(200, { 'content-length': String(bytes) })
    for (let sent = 0; sent < bytes; sent += MIB)
      if (!response.write(Buffer.alloc(MIB))) await new Promise((done) => response.once('drain', done))
    response.end()
  }

test('an answer of any size comes whole', async () => {
  receiver.answer(pour(50 * MIB))
  const { status, body } = await download()
  expect(status).toBe(200)
  expect(await readAll(body)).toBe(50 * MIB)
})

test('is read as fast as it is used: what waits is not in memory', async () => {
  receiver.answer(pour(200 * MIB))
  const { body } = await download({ idleTimeoutMs: 300 })
  await body.next()
  const before = process.memoryUsage()
  // Longer than the time without a byte: it is we who don't read.
  await sleep(600)
  const { external, arrayBuffers } = process.memoryUsage()
  expect(external + arrayBuffers - before.external - before.arrayBuffers).toBeLessThan(50 * MIB)
  expect(await readAll(body)).toBeGreaterThan(199 * MIB)
})

test('an error is an answer, and a redirect is not followed', async () => {
  receiver.answer(answerWith(302, 'elsewhere', { location: 'http://169.254.169.254/' }))
  const { status, body } = await download()
  expect([status, await readAll(body)]).toEqual([302, 9])
  expect(receiver.received).toHaveLength(1)
})

test.each([
  ['a private address', () => vi.stubEnv('SPOOR_ALLOW_NETWORKS', ''), 'forbidden_target'],
  ['a cut connection', () => receiver.answer(reset), 'reset'],
  ['no answer', () => receiver.answer(hang), 'timeout'],
])('%s is told as such', async (_, arrange, reason) => {
  arrange()
  await expect(download({ headTimeoutMs: 200 })).rejects.toMatchObject({ reason })
})

test.each([
  ['breaks off', (socket: { resetAndDestroy(): void }) => socket.resetAndDestroy(), 'reset'],
  ['stands still', () => {}, 'timeout'],
])('a transfer that %s is never taken for a whole one', async (_, act, reason) => {
  receiver.answer((_request, response, raw) => {
    response.writeHead(200, { 'content-length': '100' })
    response.write('half', () => act(raw.socket))
  })
  await expect((async () => readAll((await download({ idleTimeoutMs: 200 })).body))()).rejects.toMatchObject({
    reason,
  })
})

test('ends when Spoor stops, before and within the answer', async () => {
  await expect(download({ signal: AbortSignal.abort() })).rejects.toMatchObject({ reason: 'aborted' })
  receiver.answer(pour(200 * MIB))
  const stop = new AbortController()
  const { body } = await download({ signal: stop.signal })
  await body.next()
  stop.abort()
  await expect(readAll(body)).rejects.toMatchObject({ reason: 'aborted' })
})

test('who doesn’t read on leaves no connection behind', async () => {
  let left = 0
  receiver.answer((request, response, raw) => {
    response.once('close', () => left++)
    return pour(200 * MIB)(request, response, raw)
  })
  for (const reads of [0, 1]) {
    const { body } = await download({ owner: 'leaves' })
    if (reads > 0) await body.next()
    await body.return()
  }
  await expect.poll(() => left).toBe(2)
})
