import { z } from 'zod'
import type { Encoder } from '@/lib/delivery/destinations/contract'
import { type ForwardedEvent, toEventJson, toEventLine } from '@/lib/delivery/forwarded-event'
import type { Level } from '@/lib/event/levels'
import type { HttpConfig } from './config'
import { dialectOf } from './dialect'

/** Raise it when any encoder below gives other bytes for the same event. */
export const HTTP_FORMAT_VERSION = 2

export const httpFormatSchema = z.strictObject({
  encoding: z.enum(['json_array', 'ndjson', 'hec_event', 'datadog']),
  /** Where the checkpoint stands: every receiver gets the header, but some keep nothing but events. */
  checkpoint: z.enum(['header', 'event']),
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
  const dialect = dialectOf(url)
  const encoding = body === 'auto' ? DIALECT_ENCODINGS[dialect] : body
  return { encoding, checkpoint: dialect === 'plain' ? 'header' : 'event', tenant }
}

const joinArray = (items: readonly string[]) => `[${items.join(',')}]`
const joinLines = (items: readonly string[]) => items.map((item) => `${item}\n`).join('')

/** Splunk's event endpoint: objects stacked without commas; `audit_id` is indexed, to find repeats by. */
function toHecEvent(event: ForwardedEvent, checkpoint?: string): string {
  const time = (Date.parse(event.occurredAt) / 1000).toFixed(3)
  const envelope = JSON.stringify({
    ...(event.source && { host: event.source }),
    source: 'spoor',
    sourcetype: '_json',
    fields: { audit_id: event.id },
  })
  return `{"time":${time},${envelope.slice(1, -1)},"event":${toEventJson(event, checkpoint)}}`
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

function toDatadogLog(event: ForwardedEvent, tenant: string, checkpoint?: string): string {
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
  return `${log.slice(0, -1)},"audit":${toEventJson(event, checkpoint)}}`
}

type Write = (event: ForwardedEvent, checkpoint?: string) => string

/** The encoder of a format, which is the only thing that the bytes depend on besides events and checkpoint. */
export function httpEncoder({ encoding, checkpoint, tenant }: HttpFormat): Encoder {
  const writes: Record<HttpFormat['encoding'], Write> = {
    json_array: toEventJson,
    ndjson: toEventJson,
    hec_event: toHecEvent,
    datadog: (event, note) => toDatadogLog(event, tenant, note),
  }
  const write = writes[encoding]
  const isArray = encoding === 'json_array' || encoding === 'datadog'
  return {
    encode: (event) => write(event),
    ...(checkpoint === 'event' && { encodeLast: write }),
    join: isArray ? joinArray : joinLines,
    overheadBytes: isArray ? 2 : 1,
  }
}
