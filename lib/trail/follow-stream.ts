import { setTimeout as sleep } from 'node:timers/promises'
import { AppError } from '@/lib/errors/app-error'
import { newReference, reportError } from '@/lib/errors/report-error'
import type { FollowedBatch } from './follow'

/** Proxies close connections that are silent for 30 s or 60 s. */
const BEAT_MS = 15_000
/** A revoked token or session reads on for at most so long. */
const RECHECK_MS = 2_000
/** How long a client waits before it comes back: a restart takes some seconds. */
const RETRY_MS = 2_000

type Options = { stop: AbortController; recheck: () => Promise<void> }

/**
 * Batches as server-sent events (HTML Living Standard, section 9.2): `data` is an event, `id` its seq. A message of
 * the kind `position` has only an id: nothing up to it needs to be looked at again. Ends cleanly when `stop`
 * aborts or `recheck` throws, and with an error when the trail can't be read.
 */
export function writeFollowed(
  batches: AsyncGenerator<FollowedBatch>,
  { stop, recheck }: Options,
): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder()
  let pending: Promise<IteratorResult<FollowedBatch>> | undefined
  let sentId: number | undefined
  let position: number | undefined
  let beatAt = performance.now() + BEAT_MS

  const isStopped = (error: unknown) => stop.signal.aborted || error instanceof AppError
  const checks = setInterval(() => void recheck().catch(() => stop.abort()), RECHECK_MS)
  checks.unref()
  stop.signal.addEventListener('abort', () => clearInterval(checks), { once: true })

  /** What there is to send: a batch, a sign of life, nothing yet, or undefined at the end. */
  async function next(): Promise<string | undefined> {
    pending ??= batches.next()
    const result = await Promise.race([pending, beat()])
    if (result === 'beat') return tellPosition() || ':\n\n'
    pending = undefined
    if (result.done) return undefined
    const { events } = result.value
    position = result.value.position
    if (events.length === 0) return sentId === undefined ? `retry: ${RETRY_MS}\n${tellPosition()}` : ''
    sentId = events.at(-1)?.seq
    return events.map((event) => `id: ${event.seq}\ndata: ${JSON.stringify(event)}\n\n`).join('')
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
