import { AppError } from '@/lib/errors/app-error'
import { flushRows } from './append-flush'
import type { AppendResult } from './append-rows'
import { noteAppended } from './appended'
import type { EventRow } from './event-row'
import { noteTrailEnd, requireSealed } from './sealing-lag'

/** A flush ends at so many events: larger ones hold the counters longer without being cheaper an event. */
const MAX_FLUSH_EVENTS = 500
/** Bytes of bodies in a flush: its one parameter has about twice as many, and is parsed in one go. */
const MAX_FLUSH_BYTES = 8 * 1024 * 1024
/** While one flush commits, the next fills; a third would only wait for the first one's locks. */
const MAX_FLUSHES_IN_FLIGHT = 2
/** What may wait in this process; more comes faster than the database takes. */
const MAX_WAITING_EVENTS = 50_000
const MAX_WAITING_BYTES = 128 * 1024 * 1024

type Waiting = {
  rows: EventRow[]
  bytes: number
  resolve: (results: AppendResult[]) => void
  reject: (error: unknown) => void
}
type Queue = {
  waiting: Waiting[]
  waitingEvents: number
  waitingBytes: number
  inFlight: number
  scheduled: boolean
}

// On globalThis: the front lane and Next's route handlers are loaded apart, and share one queue of the process.
const store = globalThis as unknown as { spoorAppendQueue?: Queue }
store.spoorAppendQueue ??= { waiting: [], waitingEvents: 0, waitingBytes: 0, inFlight: 0, scheduled: false }
const queue = store.spoorAppendQueue

/** Whole requests only: a request's events stay in the order in which they were sent. */
function takeFlush(): Waiting[] {
  let events = 0
  let bytes = 0
  let count = 0
  for (const waiting of queue.waiting) {
    const isFull = events + waiting.rows.length > MAX_FLUSH_EVENTS || bytes + waiting.bytes > MAX_FLUSH_BYTES
    if (count > 0 && isFull) break
    events += waiting.rows.length
    bytes += waiting.bytes
    count++
  }
  queue.waitingEvents -= events
  queue.waitingBytes -= bytes
  return queue.waiting.splice(0, count)
}

/** The highest seq of each tenant in a flush is its last row's. */
function noteEnds(rows: readonly EventRow[], results: readonly AppendResult[]): void {
  const ends = new Map<string, number>()
  for (const [i, row] of rows.entries())
    ends.set(row.t, Math.max(ends.get(row.t) ?? 0, (results[i]?.seq ?? 0) + 1))
  for (const [tenantId, nextSeq] of ends) noteTrailEnd(tenantId, nextSeq)
}

async function flush(requests: Waiting[]): Promise<void> {
  try {
    const flushed = requests.flatMap(({ rows }) => rows)
    const results = await flushRows(flushed)
    noteAppended(flushed)
    noteEnds(flushed, results)
    let start = 0
    for (const { rows, resolve } of requests) {
      resolve(results.slice(start, start + rows.length))
      start += rows.length
    }
  } catch (error) {
    if (requests.length > 1 && !(error instanceof AppError))
      await Promise.all(requests.map((one) => flush([one])))
    else for (const { reject } of requests) reject(error)
  }
}

function pump(): void {
  queue.scheduled = false
  while (queue.inFlight < MAX_FLUSHES_IN_FLIGHT && queue.waiting.length > 0) {
    queue.inFlight++
    void flush(takeFlush()).finally(() => {
      queue.inFlight--
      pump()
    })
  }
}

/**
 * The one door into the trail. Appends rows, of which each names its tenant, and answers in their order once
 * they are durable: `seq` is the event's position, `duplicate` says that it had been there before. Concurrent
 * calls of a process share flushes; the rows of one call stay together and in order.
 * Throws `unavailable` if the database or the sealer is away or too far behind; then nothing is known to be stored.
 */
export async function append(rows: EventRow[]): Promise<AppendResult[]> {
  if (rows.length === 0) return []
  for (const tenantId of new Set(rows.map(({ t }) => t))) requireSealed(tenantId)
  const bytes = rows.reduce((sum, row) => sum + row.b.length, 0)
  const isFull = queue.waitingEvents + rows.length > MAX_WAITING_EVENTS
  if (isFull || queue.waitingBytes + bytes > MAX_WAITING_BYTES) {
    const message = 'More events are arriving than the database takes. Send them again in a moment.'
    throw new AppError('unavailable', message, { retryAfterSeconds: 1 })
  }
  return new Promise((resolve, reject) => {
    queue.waiting.push({ rows, bytes, resolve, reject })
    queue.waitingEvents += rows.length
    queue.waitingBytes += bytes
    // Not at once: requests that are being read in the same turn of the event loop join this flush.
    if (!queue.scheduled) {
      queue.scheduled = true
      setImmediate(pump)
    }
  })
}
