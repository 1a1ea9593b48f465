import * as http from 'node:http'
import * as https from 'node:https'
import { agentFor } from './guarded-agents'
import type { GuardedRequest } from './guarded-request'
import { OutgoingError, toOutgoingError } from './outgoing-error'
import { parseTargetUrl } from './target-url'

/** Name lookup, TCP and TLS handshake, and the answer's head: a storage may look for an object for some seconds. */
const HEAD_TIMEOUT_MS = 30_000
/** A transfer that stands still this long will not go on. */
const IDLE_TIMEOUT_MS = 60_000

export type GuardedDownload = Pick<GuardedRequest, 'url' | 'headers' | 'owner' | 'signal' | 'resolve'> & {
  headTimeoutMs?: number
  idleTimeoutMs?: number
}

export type DownloadedAnswer = {
  status: number
  headers: http.IncomingHttpHeaders
  /** As it comes; throws OutgoingError where it breaks off. Read it to its end, or end it with `return`. */
  body: AsyncGenerator<Buffer, void>
}

export type Download = (request: GuardedDownload) => Promise<DownloadedAnswer>

/**
 * Asks (GET) a place that a tenant named for something of any size, under the rules of `guardedRequest`, but for its
 * limits: the answer is read as fast as it is used, however long that takes while it comes. Throws OutgoingError; an
 * answer of any status is an answer.
 */
export const guardedDownload: Download = async (given) => {
  const url = parseTargetUrl(given.url)
  const { owner, resolve, signal, headTimeoutMs = HEAD_TIMEOUT_MS, idleTimeoutMs = IDLE_TIMEOUT_MS } = given
  const made = (url.protocol === 'https:' ? https : http).request(url, {
    method: 'GET',
    agent: agentFor(owner, url.protocol, resolve),
    headers: { 'accept-encoding': 'identity', ...given.headers },
  })
  /** Why we ended it ourselves, if we did. */
  let stopped: OutgoingError | undefined
  const stop = (error: OutgoingError) => {
    stopped = error
    made.destroy(error)
  }
  const onAbort = () => stop(new OutgoingError('aborted', 'Spoor stopped before the answer came.'))
  signal?.addEventListener('abort', onAbort, { once: true })
  const head = setTimeout(() => {
    const seconds = Math.round(headTimeoutMs / 1000)
    stop(new OutgoingError('timeout', `${url.host} had not answered after ${seconds} s.`))
  }, headTimeoutMs)
  const release = () => signal?.removeEventListener('abort', onAbort)
  try {
    if (signal?.aborted) onAbort()
    const response = await new Promise<http.IncomingMessage>((done, fail) => {
      // Stays: an error that comes when nobody listens any more must not end the process.
      made.on('error', fail)
      made.once('close', () => fail(Object.assign(new Error('closed'), { code: 'ECONNRESET' })))
      made.once('response', done)
      made.end()
    })
    const body = readBody(response, { url, idleTimeoutMs, release, whyStopped: () => stopped })
    // Begun here, so that it also lets go of the connection where nobody reads a byte of it.
    await body.next()
    return { status: response.statusCode ?? 0, headers: response.headers, body }
  } catch (error) {
    release()
    throw toOutgoingError(error, url.host)
  } finally {
    clearTimeout(head)
  }
}

const NOTHING_YET = Buffer.alloc(0)

type Reading = {
  url: URL
  idleTimeoutMs: number
  release: () => void
  whyStopped: () => OutgoingError | undefined
}

async function* readBody(
  response: http.IncomingMessage,
  { url, idleTimeoutMs, release, whyStopped }: Reading,
): AsyncGenerator<Buffer, void> {
  let isIdle = false
  let timer: NodeJS.Timeout | undefined
  const waitForMore = () => {
    timer = setTimeout(() => {
      isIdle = true
      response.destroy()
    }, idleTimeoutMs)
  }
  try {
    yield NOTHING_YET
    // Only the time that is spent on waiting counts, not that of whoever uses what came.
    waitForMore()
    for await (const part of response as AsyncIterable<Buffer>) {
      clearTimeout(timer)
      yield part
      waitForMore()
    }
    if (!response.complete) throw Object.assign(new Error('cut short'), { code: 'ECONNRESET' })
  } catch (error) {
    if (isIdle)
      throw new OutgoingError(
        'timeout',
        `${url.host} sent nothing for ${Math.round(idleTimeoutMs / 1000)} s.`,
      )
    throw toOutgoingError(whyStopped() ?? error, url.host)
  } finally {
    clearTimeout(timer)
    release()
    response.destroy()
  }
}
