import * as http from 'node:http'
import * as https from 'node:https'
import { agentFor } from './guarded-agents'
import { OutgoingError, toOutgoingError } from './outgoing-error'
import type { Resolver } from './system-resolver'
import { parseTargetUrl } from './target-url'

/** A receiver that answers more than this is not answering us; the rest is never read. */
const MAX_READ_BYTES = 64 * 1024
/** Enough to see what a receiver complains of. */
const KEPT_BYTES = 4 * 1024
/** Name lookup and TCP handshake; even across the world they take a tenth of it. */
const CONNECT_TIMEOUT_MS = 5_000

export type GuardedRequest = {
  url: string
  method?: 'GET' | 'HEAD' | 'POST' | 'PUT' | 'DELETE'
  headers: Readonly<Record<string, string>>
  body?: Uint8Array
  /** Whose connections are used: `<tenant id> <destination id>`. Never shared between owners. */
  owner: string
  /** Authorities (PEM) that the receiver's certificate is verified against, instead of the system's. */
  ca?: string
  /** For everything: lookup, connection, TLS, request, answer to its last byte. */
  timeoutMs: number
  connectTimeoutMs?: number
  /** How much of the answer is kept, where it is more than a complaint; 4 KiB unless given, 64 KiB at most. */
  keptBytes?: number
  signal?: AbortSignal
  /** Asks for the addresses of a name; the system's resolver unless given. Fixed with the owner's first request. */
  resolve?: Resolver
}

export type GuardedAnswer = {
  status: number
  headers: http.IncomingHttpHeaders
  /** The first `keptBytes` of the answer, and the same as text that a database can keep: without NUL. */
  bytes: Buffer
  text: string
  /** True if the receiver said more than is kept. */
  truncated: boolean
  /** From the call to the answer's end. */
  ms: number
}

export type SendRequest = (request: GuardedRequest) => Promise<GuardedAnswer>

/**
 * Sends one HTTP request to a place that a tenant named. Reaches public addresses only, and networks that the
 * operator allowed: URL, DNS answers and the connected socket are checked. Follows no redirect, reads at most
 * 64 KiB, verifies TLS (1.2 or newer). Throws OutgoingError; an answer of any status is an answer.
 */
export const guardedRequest: SendRequest = async (request) => {
  const started = performance.now()
  const url = parseTargetUrl(request.url)
  const deadline = started + request.timeoutMs
  for (let tries = 1; ; tries++) {
    const exchange = new Exchange(request, url, deadline - performance.now())
    try {
      const answer = await exchange.run()
      return { ...answer, ms: Math.round(performance.now() - started) }
    } catch (error) {
      // A kept connection that the receiver was just closing says nothing about the receiver.
      if (tries > 1 || !exchange.wasStale(error)) throw error
    }
  }
}

class Exchange {
  readonly #made: http.ClientRequest
  readonly #url: URL
  readonly #given: GuardedRequest
  readonly #timeoutMs: number
  #answered = false

  constructor(given: GuardedRequest, url: URL, timeoutMs: number) {
    this.#url = url
    this.#given = given
    this.#timeoutMs = Math.max(1, timeoutMs)
    const { body, owner, resolve, ca } = given
    this.#made = (url.protocol === 'https:' ? https : http).request(url, {
      method: given.method ?? 'POST',
      agent: agentFor(owner, url.protocol, resolve, ca),
      headers: {
        'accept-encoding': 'identity',
        ...given.headers,
        ...(body && { 'content-length': String(body.byteLength) }),
      },
    })
  }

  async run(): Promise<Omit<GuardedAnswer, 'ms'>> {
    const { signal, body, connectTimeoutMs = CONNECT_TIMEOUT_MS } = this.#given
    const stop = (error: OutgoingError) => void this.#made.destroy(error)
    const onAbort = () => stop(new OutgoingError('aborted', 'Spoor stopped before the answer came.'))
    const total = setTimeout(() => {
      const seconds = Math.round(this.#given.timeoutMs / 1000)
      stop(new OutgoingError('timeout', `${this.#url.host} had not answered after ${seconds} s.`))
    }, this.#timeoutMs)
    const connect = setTimeout(() => {
      const message = `${this.#url.host} took no connection within ${Math.round(connectTimeoutMs / 1000)} s.`
      stop(new OutgoingError('connect', message))
    }, connectTimeoutMs)
    this.#made.once('socket', (socket) => {
      if (socket.connecting) socket.once('connect', () => clearTimeout(connect))
      else clearTimeout(connect)
    })
    signal?.addEventListener('abort', onAbort, { once: true })
    try {
      if (signal?.aborted) onAbort()
      return await this.#exchange(body)
    } catch (error) {
      throw toOutgoingError(error, this.#url.host)
    } finally {
      clearTimeout(total)
      clearTimeout(connect)
      signal?.removeEventListener('abort', onAbort)
    }
  }

  /** Whether a reused connection broke before one byte of an answer. */
  wasStale(error: unknown): boolean {
    return (
      this.#made.reusedSocket && !this.#answered && error instanceof OutgoingError && error.reason === 'reset'
    )
  }

  #exchange(body: Uint8Array | undefined): Promise<Omit<GuardedAnswer, 'ms'>> {
    return new Promise((resolve, reject) => {
      this.#made.on('error', reject)
      this.#made.once('close', () => {
        if (!this.#answered) reject(Object.assign(new Error('closed'), { code: 'ECONNRESET' }))
      })
      this.#made.once('response', (response) => {
        this.#answered = true
        readAnswer(response, this.#given.keptBytes ?? KEPT_BYTES).then(resolve, reject)
      })
      this.#made.end(body)
    })
  }
}

function readAnswer(
  response: http.IncomingMessage,
  maxKeptBytes: number,
): Promise<Omit<GuardedAnswer, 'ms'>> {
  return new Promise((resolve, reject) => {
    const kept: Buffer[] = []
    let keptBytes = 0
    let readBytes = 0
    const finish = () => {
      const bytes = Buffer.concat(kept)
      const text = new TextDecoder().decode(bytes).replaceAll('\0', '\uFFFD')
      resolve({
        status: response.statusCode ?? 0,
        headers: response.headers,
        bytes,
        text,
        truncated: readBytes > keptBytes,
      })
    }
    response.on('data', (chunk: Buffer) => {
      const piece = chunk.subarray(0, maxKeptBytes - keptBytes)
      if (piece.length > 0) kept.push(piece)
      keptBytes += piece.length
      readBytes += chunk.length
      if (readBytes < MAX_READ_BYTES) return
      finish()
      response.destroy()
    })
    response.once('end', finish)
    response.once('error', reject)
    response.once('close', () => {
      if (!response.complete) reject(Object.assign(new Error('cut short'), { code: 'ECONNRESET' }))
    })
  })
}
