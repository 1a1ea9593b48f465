import { setTimeout as sleep } from 'node:timers/promises'
import { z } from 'zod'
import { AppError } from '@/lib/errors/app-error'
import { newReference, reportError } from '@/lib/errors/report-error'
import { createResponse } from './create-response'
import { openStream } from './open-streams'

/** Proxies close connections that are silent for 30 s or 60 s. */
const BEAT_MS = 15_000
/** How long a client waits before it comes back: a restart takes some seconds. */
const RETRY_MS = 2_000

/** Messages in order, and the id up to which there is nothing else to send. */
export type StreamBatch = { messages: readonly { id: number; data: string }[]; position: number }

type Recheck = {
  /** Throws once the reader may not read any more. */
  recheck: () => Promise<void>
  /** A revoked token or session reads on for at most so long. */
  recheckMs: number
}

/** An id of a stream, as an address has it. */
export const streamIdSchema = z.coerce.number().int().min(-1).max(Number.MAX_SAFE_INTEGER)

/** What a client says that it has when it comes back. Throws `invalid` for what is no id of ours. */
export function readLastEventId(headers: Headers): number | undefined {
  const text = headers.get('last-event-id')
  if (!text) return undefined
  const parsed = streamIdSchema.safeParse(text)
  if (parsed.success) return parsed.data
  throw new AppError('invalid', 'Last-Event-ID is not an id of this stream. Begin again without it.')
}

/** Answers with what `begin` yields until its signal aborts: the client left, or the server stops. */
export async function answerEventStream(
  { method }: Request,
  begin: (signal: AbortSignal) => Promise<AsyncGenerator<StreamBatch>>,
  recheck: Recheck,
): Promise<Response> {
  const init = {
    headers: {
      'content-type': 'text/event-stream; charset=utf-8',
      // no-transform: a proxy or server that compresses would hold events back.
      'cache-control': 'no-store, no-transform',
      'x-accel-buffering': 'no',
    },
  }
  if (method === 'HEAD') return createResponse(null, init)
  const stop = new AbortController()
  const open = openStream()
  open.signal.addEventListener('abort', () => stop.abort(), { once: true })
  stop.signal.addEventListener('abort', open.close, { once: true })
  try {
    return createResponse(writeEventStream(await begin(stop.signal), stop, recheck), init)
  } catch (error) {
    stop.abort()
    throw error
  }
}

/**
 * Batches as server-sent events (HTML Living Standard, section 9.2). A message of the kind `position` has only an id:
 * nothing up to it needs to be looked at again. Ends cleanly when `stop` aborts or `recheck` throws, and with an
 * error when the batches can't be read.
 */
function writeEventStream(
  batches: AsyncGenerator<StreamBatch>,
  stop: AbortController,
  { recheck, recheckMs }: Recheck,
): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder()
  let pending: Promise<IteratorResult<StreamBatch>> | undefined
  let sentId: number | undefined
  let position: number | undefined
  let beatAt = performance.now() + BEAT_MS

  const isStopped = (error: unknown) => stop.signal.aborted || error instanceof AppError
  const checks = setInterval(() => void recheck().catch(() => stop.abort()), recheckMs)
  checks.unref()
  stop.signal.addEventListener('abort', () => clearInterval(checks), { once: true })

  /** What there is to send: a batch, a sign of life, nothing yet, or undefined at the end. */
  async function next(): Promise<string | undefined> {
    pending ??= batches.next()
    const result = await Promise.race([pending, beat()])
    if (result === 'beat') return tellPosition() || ':\n\n'
    pending = undefined
    if (result.done) return undefined
    const { messages } = result.value
    position = result.value.position
    if (messages.length === 0) return sentId === undefined ? `retry: ${RETRY_MS}\n${tellPosition()}` : ''
    sentId = messages.at(-1)?.id
    return messages.map(({ id, data }) => `id: ${id}\ndata: ${data}\n\n`).join('')
  }

  function tellPosition(): string {
    if (position === undefined || position === sentId) return ''
    sentId = position
    return `event: position\nid: ${position}\ndata: {"seq":${position}}\n\n`
  }

  function beat(): Promise<'beat'> {
    const leave = new AbortController()
    const waiting = sleep(Math.max(0, beatAt - performance.now()), 'beat' as const, {
      signal: leave.signal,
      ref: false,
    })
    void pending?.finally(() => leave.abort()).catch(() => {})
    return waiting.catch(() => new Promise(() => {}))
  }

  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        try {
          let text: string | undefined = ''
          while (text === '') text = await next()
          beatAt = performance.now() + BEAT_MS
          if (text !== undefined) return controller.enqueue(encoder.encode(text))
        } catch (error) {
          if (!isStopped(error)) reportError(error, newReference())
        }
        // A clean end: the client comes back by itself, with the id of what it has.
        stop.abort()
        controller.close()
      },
      cancel: () => stop.abort(),
    },
    { highWaterMark: 0 },
  )
}
