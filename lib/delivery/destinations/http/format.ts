import { z } from 'zod'
import type { Encoder } from '@/lib/delivery/destinations/contract'
import { type ForwardedEvent, toEventJson, toEventLine } from '@/lib/delivery/forwarded-event'
import type { Level } from '@/lib/event/levels'
import type { HttpConfig } from './config'
import { dialectOf } from './dialect'

/** Raise it when any encoder below gives other bytes for the same event. */
export const HTTP_FORMAT_VERSION = 1

export const httpFormatSchema = z.strictObject({
  encoding: z.enum(['json_array', 'ndjson', 'hec_event', 'datadog']),
  tenant: z.string(),
})
export type HttpFormat = z.infer<typeof httpFormatSchema>

const DIALECT_ENCODINGS = {
  plain: 'json_array',
  splunk_raw: 'ndjson',
  splunk_event: 'hec_event',
  datadog: 'datadog',
} as const

/** A body that a person chose wins over what the URL suggests. */
export function httpFormat({ url, body }: HttpConfig, tenant: string): HttpFormat {
  return { encoding: body === 'auto' ? DIALECT_ENCODINGS[dialectOf(url)] : body, tenant }
}

const joinArray = (items: readonly string[]) => `[${items.join(',')}]`
const joinLines = (items: readonly string[]) => items.map((item) => `${item}\n`).join('')

/** Splunk's event endpoint: objects stacked without commas; `audit_id` is indexed, to find repeats by. */
function toHecEvent(event: ForwardedEvent): string {
  const time = (Date.parse(event.occurredAt) / 1000).toFixed(3)
  const envelope = JSON.stringify({
    ...(event.source && { host: event.source }),
    source: 'spoor',
    sourcetype: '_json',
    fields: { audit_id: event.id },
  })
  return `{"time":${time},${envelope.slice(1, -1)},"event":${toEventJson(event)}}`
}

/** Datadog knows no trace, and takes what it doesn't know for info. */
const DATADOG_STATUSES: Record<Level, string> = {
  trace: 'debug',
  debug: 'debug',
  info: 'info',
  notice: 'notice',
  warning: 'warning',
  error: 'error',
  critical: 'critical',
}
/** Datadog takes no older time; the event's own stays in `audit.occurredAt`. */
const DATADOG_PAST_MS = 18 * 3_600_000

function toDatadogLog(event: ForwardedEvent, tenant: string): string {
  const occurred = Date.parse(event.occurredAt)
  const received = Date.parse(event.receivedAt)
  const log = JSON.stringify({
    ddsource: 'spoor',
    ddtags: `tenant:${tenant},type:${event.type}`,
    ...(event.source && { hostname: event.source }),
    service: event.dataSource ?? 'spoor',
    message: toEventLine(event),
    status: DATADOG_STATUSES[event.level],
    timestamp: occurred < received - DATADOG_PAST_MS ? received : occurred,
  })
  return `${log.slice(0, -1)},"audit":${toEventJson(event)}}`
}

/** The encoder of a format, which is the only thing that the bytes depend on besides the events. */
export function httpEncoder({ encoding, tenant }: HttpFormat): Encoder {
  const encoders: Record<HttpFormat['encoding'], Encoder> = {
    json_array: { encode: toEventJson, join: joinArray, overheadBytes: 2 },
    ndjson: { encode: toEventJson, join: joinLines, overheadBytes: 1 },
    hec_event: { encode: toHecEvent, join: joinLines, overheadBytes: 1 },
    datadog: { encode: (event) => toDatadogLog(event, tenant), join: joinArray, overheadBytes: 2 },
  }
  return encoders[encoding]
}
