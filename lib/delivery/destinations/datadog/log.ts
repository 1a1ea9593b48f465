import { createHash } from 'node:crypto'
import { type ForwardedEvent, toEventJson, toEventLine } from '@/lib/delivery/forwarded-event'
import type { Level } from '@/lib/event/levels'

export type LogOptions = {
  tenant: string
  /** Without one, what each event names as its data source. */
  service?: string | undefined
  /** By which Datadog chooses a pipeline. */
  source?: string | undefined
  /** `key:value` */
  tags?: readonly string[]
}

/** Datadog cuts a longer log and says 2xx all the same, so that nobody would notice. */
export const MAX_LOG_BYTES = 1_000_000
/** Room in a cut log for what stands beside the event; more than any accepted message and source need. */
const BESIDE_BYTES = 200_000
/** No event that came through the door has a longer one, but masking by hashes may make it longer. */
const MAX_MESSAGE_LENGTH = 16_384

/** Datadog knows no trace, and takes what it doesn't know for info. */
const STATUSES: Record<Level, string> = {
  trace: 'debug',
  debug: 'debug',
  info: 'info',
  notice: 'notice',
  warning: 'warning',
  error: 'error',
  critical: 'critical',
}

/** The first `maxBytes` of a text in UTF-8, or fewer, so that no character is cut. */
function cutText(text: string, maxBytes: number): string {
  const bytes = Buffer.from(text)
  let end = Math.min(maxBytes, bytes.length)
  // Bytes 10xxxxxx go on with a character that began before.
  while (end > 0 && end < bytes.length && ((bytes[end] ?? 0) & 0xc0) === 0x80) end--
  return bytes.toString('utf8', 0, end)
}

/** What remains of an event that is too long: who it is, that it was cut, and the hash of all that it was. */
function toCutEvent(event: ForwardedEvent, json: string): string {
  const { id, seq, receivedAt, occurredAt, leafHash, origin, type, action, level } = event
  return JSON.stringify({
    ...{ id, seq, receivedAt, leafHash, origin, type, action, level, occurredAt },
    truncated: true,
    bytes: Buffer.byteLength(json),
    sha256: createHash('sha256').update(json).digest('hex'),
    // As text within JSON again, each byte takes two at most.
    beginning: cutText(json, (MAX_LOG_BYTES - BESIDE_BYTES) / 2),
  })
}

/**
 * An event as Datadog's log intake takes it, on one line: its reserved attributes at the root, the event under
 * `audit`. A log beyond 1 MB is cut, visibly. `timestamp` (milliseconds of the epoch) stands first, where
 * `toLogArray` finds it.
 */
export function toDatadogLog(
  event: ForwardedEvent,
  { tenant, service, source = 'spoor', tags = [] }: LogOptions,
  checkpoint?: string,
): string {
  const head = JSON.stringify({
    timestamp: Date.parse(event.occurredAt),
    ddsource: source,
    ddtags: [`tenant:${tenant}`, `type:${event.type}`, ...tags].join(','),
    ...(event.source && { hostname: event.source }),
    service: service ?? event.dataSource ?? 'spoor',
    message: toEventLine(event).slice(0, MAX_MESSAGE_LENGTH).toWellFormed(),
    status: STATUSES[event.level],
  })
  const json = toEventJson(event, checkpoint)
  const isTooLong = Buffer.byteLength(head) + Buffer.byteLength(json) + 10 > MAX_LOG_BYTES
  return `${head.slice(0, -1)},"audit":${isTooLong ? toCutEvent(event, json) : json}}`
}

/** Datadog drops logs with other times, and says 2xx all the same. An hour less than its 18, for clocks and queues. */
const MAX_PAST_MS = 17 * 3_600_000
const MAX_FUTURE_MS = 3_600_000
const TIMESTAMP = /^\{"timestamp":(-?\d+),/

/**
 * The lines of a batch as the array that Datadog takes. A log of a time that it would drop goes without one and so
 * gets that of its arrival; the event's own stays in `audit.occurredAt`.
 */
export function toLogArray(lines: string, now: number): string {
  const logs = lines.trimEnd().split('\n')
  return `[${logs.map((log) => withoutOddTime(log, now)).join(',')}]`
}

function withoutOddTime(log: string, now: number): string {
  const [start, text] = TIMESTAMP.exec(log) ?? []
  if (start === undefined) return log
  const ageMs = now - Number(text)
  return ageMs > MAX_PAST_MS || ageMs < -MAX_FUTURE_MS ? `{${log.slice(start.length)}` : log
}
