import type { LookupAddress } from 'node:dns'
import { type AddressInfo, createServer as createTcpServer, type Server } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { type GuardedRequest, guardedRequest } from './guarded-request'
import { OutgoingError } from './outgoing-error'
import type { Resolver } from './system-resolver'
import { makeAuthority, type TestAuthority } from './testing/authority'
import { answerWith, hang, type Receiver, reset, startReceiver } from './testing/loopback-receiver'

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

const send = (given: Partial<GuardedRequest> = {}) =>
  guardedRequest({ url: receiver.url, headers: {}, owner: `test ${++owners}`, timeoutMs: 5_000, ...given })

async function failure(made: Promise<unknown>): Promise<OutgoingError> {
  const error = await made.then(
    () => undefined,
    (error: unknown) => error,
  )
  expect(error).toBeInstanceOf(OutgoingError)
  return error as OutgoingError
}

/** A resolver that gives the n-th answer to the n-th question. */
function scriptedResolver(...answers: string[][]): Resolver & { asked: number } {
  const resolve = Object.assign(
    (_host: string, done: (error: Error | null, found: LookupAddress[]) => void) => {
      const addresses = answers[Math.min(resolve.asked++, answers.length - 1)] ?? []
      setImmediate(
        done,
        null,
        addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })),
      )
    },
    { asked: 0 },
  )
  return resolve
}

describe('where it goes', () => {
  beforeEach(() => vi.stubEnv('SPOOR_ALLOW_NETWORKS', ''))

  test('a literal private address is refused without a connection', async () => {
    expect((await failure(send())).reason).toBe('forbidden_target')
    expect(receiver.connections()).toBe(0)
  })

  test('a name that leads to a private address is refused without a connection', async () => {
    const url = `http://localhost:${receiver.port}/`
    expect((await failure(send({ url }))).reason).toBe('forbidden_target')
    expect(receiver.connections()).toBe(0)
  })

  test('a name with one public and one private address is refused', async () => {
    const resolve = scriptedResolver(['93.184.215.14', '127.0.0.1'])
    const error = await failure(send({ url: `http://mixed.example:${receiver.port}/`, resolve }))
    expect(error.reason).toBe('forbidden_target')
    expect(error.message).toContain('127.0.0.1')
  })

  test('a name that changes to a private address between two requests is refused at the second', async () => {
    vi.stubEnv('SPOOR_ALLOW_NETWORKS', '127.0.0.1/32')
    receiver.answer(answerWith(200, 'first', { connection: 'close' }))
    const resolve = scriptedResolver(['127.0.0.1'], ['127.0.0.2'])
    const request = { url: `http://flip.example:${receiver.port}/`, owner: 'flip', resolve }
    expect((await send(request)).text).toBe('first')
    expect((await failure(send(request))).reason).toBe('forbidden_target')
    expect(receiver.received).toHaveLength(1)
  })

  test('the connected socket is checked too: nothing is sent to an address that lookup did not show', async () => {
    // The check of the answer passes, that of the socket doesn't: as if the resolver had lied to the first.
    const resolve: Resolver = (_host, done) => {
      vi.stubEnv('SPOOR_ALLOW_NETWORKS', '127.0.0.1/32')
      done(null, [{ address: '127.0.0.1', family: 4 }])
      vi.stubEnv('SPOOR_ALLOW_NETWORKS', '')
    }
    const error = await failure(
      send({ url: `http://liar.example:${receiver.port}/`, resolve, body: Buffer.from('x') }),
    )
    expect(error.reason).toBe('forbidden_target')
    expect(receiver.received).toHaveLength(0)
  })

  test('a redirect is an answer, not a way around the guard', async () => {
    vi.stubEnv('SPOOR_ALLOW_NETWORKS', '127.0.0.1/32')
    const other = await startReceiver()
    receiver.answer(answerWith(307, '', { location: other.url }))
    expect((await send()).status).toBe(307)
    expect(other.received).toHaveLength(0)
    await other.close()
  })

  test('a name that does not exist is told as such', async () => {
    const resolve: Resolver = (_host, done) => done(Object.assign(new Error('no'), { code: 'ENOTFOUND' }), [])
    expect((await failure(send({ url: 'http://nowhere.example/', resolve }))).reason).toBe('dns')
  })
})

describe('what it takes', () => {
  test('an answer comes back whole, with status, headers and time', async () => {
    receiver.answer(answerWith(429, 'slow down', { 'retry-after': '7' }))
    const answer = await send({ body: Buffer.from('äx'), headers: { 'x-key': 'k' } })
    expect(answer).toMatchObject({ status: 429, text: 'slow down', truncated: false })
    expect(answer.headers['retry-after']).toBe('7')
    expect(receiver.received[0]).toMatchObject({ method: 'POST', body: 'äx' })
    expect(receiver.received[0]?.headers).toMatchObject({ 'x-key': 'k', 'content-length': '3' })
  })

  test('of a long answer the first 4 KiB are kept', async () => {
    receiver.answer(answerWith(500, 'e'.repeat(50_000)))
    const answer = await send()
    expect(answer.text).toHaveLength(4096)
    expect(answer.truncated).toBe(true)
    const more = await send({ keptBytes: 50_000 })
    expect(more.bytes).toEqual(Buffer.from('e'.repeat(50_000)))
    expect(more.truncated).toBe(false)
  })

  test('an endless answer is cut off and still has its status', async () => {
    let sent = 0
    receiver.answer(async (_request, response) => {
      response.writeHead(200)
      response.on('error', () => {})
      for (; !response.destroyed; sent += 16_384) if (!response.write('x'.repeat(16_384))) await sleep(1)
    })
    expect((await send()).status).toBe(200)
    expect(sent).toBeLessThan(50_000_000)
  })

  test('an answer that drips is given up at the deadline, which covers the body', async () => {
    receiver.answer(async (_request, response) => {
      response.writeHead(200)
      while (!response.destroyed) {
        response.write('.')
        await sleep(20)
      }
    })
    const started = performance.now()
    expect((await failure(send({ timeoutMs: 300 }))).reason).toBe('timeout')
    expect(performance.now() - started).toBeLessThan(2_000)
  })

  test('headers that drip, and headers without end, are given up', async () => {
    receiver.answer(async (_request, _response, raw) => {
      raw.socket.write('HTTP/1.1 200 OK\r\n')
      for (let n = 0; !raw.socket.destroyed; n++) {
        raw.socket.write(`x-${n}: ${'y'.repeat(10)}\r\n`)
        await sleep(20)
      }
    })
    expect((await failure(send({ timeoutMs: 300 }))).reason).toBe('timeout')
    receiver.answer((_request, _response, raw) => {
      raw.socket.write(`HTTP/1.1 200 OK\r\nx-long: ${'y'.repeat(1_000_000)}`)
    })
    expect((await failure(send())).reason).toBe('protocol')
  })

  test('news without an answer, and another protocol instead of one, are failures', async () => {
    receiver.answer(async (_request, _response, raw) => {
      while (!raw.socket.destroyed) {
        raw.socket.write('HTTP/1.1 103 Early Hints\r\n\r\n')
        await sleep(20)
      }
    })
    expect((await failure(send({ timeoutMs: 300 }))).reason).toBe('timeout')
    receiver.answer((_request, _response, raw) => {
      raw.socket.write('HTTP/1.1 101 Switching Protocols\r\nconnection: upgrade\r\nupgrade: x\r\n\r\n')
    })
    expect((await failure(send())).reason).toBe('reset')
  })

  test('a receiver that stops reading is given up at the deadline', async () => {
    const stuck = createTcpServer((socket) => void socket.on('error', () => {}).pause())
    await new Promise<void>((resolve) => stuck.listen(0, '127.0.0.1', resolve))
    const url = `http://127.0.0.1:${(stuck.address() as AddressInfo).port}/`
    const body = Buffer.alloc(32 * 1024 * 1024)
    expect((await failure(send({ url, body, timeoutMs: 300 }))).reason).toBe('timeout')
    stuck.close()
  })

  test.each(['HEAD', 'DELETE', 'PUT', 'GET'] as const)('%s is sent as such', async (method) => {
    receiver.answer(answerWith(200, method === 'HEAD' ? '' : 'done', { etag: 'e1' }))
    const answer = await send({ method })
    expect(answer).toMatchObject({
      status: 200,
      text: method === 'HEAD' ? '' : 'done',
      headers: { etag: 'e1' },
    })
    expect(receiver.received[0]?.method).toBe(method)
  })

  test('silence is given up at the deadline', async () => {
    receiver.answer(hang)
    expect((await failure(send({ timeoutMs: 200 }))).reason).toBe('timeout')
  })

  test('a reset instead of an answer, and one inside an answer, are failures', async () => {
    receiver.answer(reset)
    expect((await failure(send())).reason).toBe('reset')
    receiver.answer((_request, response, raw) => {
      response.writeHead(200, { 'content-length': '1000' })
      response.write('half', () => raw.socket.destroy())
    })
    expect((await failure(send())).reason).toBe('reset')
  })

  test('a closed port is told as such', async () => {
    const gone = await startReceiver()
    await gone.close()
    expect((await failure(send({ url: gone.url }))).reason).toBe('connect')
    // Not a timeout: the request never left, so it was not too large.
    const never = send({
      url: 'http://silent.test/',
      owner: 'silent',
      connectTimeoutMs: 50,
      resolve: () => {},
    })
    expect((await failure(never)).reason).toBe('connect')
  })

  test('our own stop is told apart from the receiver’s failure', async () => {
    receiver.answer(hang)
    const stop = new AbortController()
    setTimeout(() => stop.abort(), 50)
    expect((await failure(send({ signal: stop.signal }))).reason).toBe('aborted')
    expect((await failure(send({ signal: AbortSignal.abort() }))).reason).toBe('aborted')
  })
})

describe('other things that listen on a port', () => {
  let tcp: Server
  afterEach(() => void tcp.close())
  const listen = (greeting: string) =>
    new Promise<string>((resolve) => {
      tcp = createTcpServer((socket) => {
        socket.on('error', () => {})
        socket.once('data', () => socket.end(greeting))
      })
      tcp.listen(0, '127.0.0.1', () => resolve(`127.0.0.1:${(tcp.address() as AddressInfo).port}`))
    })

  test('what does not speak HTTP is a protocol failure', async () => {
    const host = await listen('220 mail.example ESMTP\r\n')
    expect((await failure(send({ url: `http://${host}/` }))).reason).toBe('protocol')
  })

  test('what does not speak TLS is a TLS failure', async () => {
    const host = await listen('HTTP/1.1 400 Bad Request\r\n\r\n')
    expect((await failure(send({ url: `https://${host}/` }))).reason).toBe('tls')
  })
})

describe('connections', () => {
  test('are kept between the requests of one owner and never shared with another', async () => {
    for (let i = 0; i < 3; i++) await send({ owner: 'one' })
    expect(receiver.connections()).toBe(1)
    await send({ owner: 'two' })
    expect(receiver.connections()).toBe(2)
  })

  test('one that the receiver closed meanwhile is replaced without a failure', async () => {
    receiver.answer((_request, response, raw) => {
      response.end('ok')
      response.once('finish', () => setTimeout(() => raw.socket.resetAndDestroy(), 0))
    })
    for (let i = 0; i < 20; i++) expect((await send({ owner: 'stale' })).status).toBe(200)
  })
})

describe('TLS', () => {
  let authority: TestAuthority
  let secure: Receiver
  beforeAll(() => {
    authority = makeAuthority()
  })
  beforeEach(async () => {
    secure = await startReceiver({ tls: authority.issue('DNS:logs.test,IP:127.0.0.1') })
  })
  afterEach(() => secure.close())
  const toSecure = (given: Partial<GuardedRequest> = {}) => send({ url: secure.url, ...given })

  test('a receiver of an authority that the destination names is reached, and of no other', async () => {
    expect((await toSecure({ ca: authority.ca })).text).toBe('ok')
    const error = await failure(toSecure())
    expect(error).toMatchObject({ reason: 'tls', message: expect.stringContaining('127.0.0.1') })
    expect((await failure(toSecure({ ca: makeAuthority('Other').ca }))).reason).toBe('tls')
    expect(secure.received).toHaveLength(1)
  })

  test('a connection that one authority vouched for serves no request that trusts another', async () => {
    const owner = 'changed its authority'
    expect((await toSecure({ owner, ca: authority.ca })).status).toBe(200)
    expect((await failure(toSecure({ owner }))).reason).toBe('tls')
    expect((await failure(toSecure({ owner, ca: makeAuthority('Other').ca }))).reason).toBe('tls')
    expect((await toSecure({ owner, ca: authority.ca })).status).toBe(200)
    expect(secure.received).toHaveLength(2)
  })

  test.each([
    ['another name', 'DNS:other.test', 2],
    ['a certificate that has expired', 'IP:127.0.0.1', -1],
  ])('%s is refused', async (_what, names, days) => {
    const wrong = await startReceiver({ tls: authority.issue(names, days) })
    expect((await failure(toSecure({ url: wrong.url, ca: authority.ca }))).reason).toBe('tls')
    expect(wrong.received).toHaveLength(0)
    await wrong.close()
  })
})
