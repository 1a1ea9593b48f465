import { z } from 'zod'
import type { Encoder } from '@/lib/delivery/destinations/contract'
import { toDatadogLog } from '@/lib/delivery/destinations/datadog/log'
import { toHecEvent } from '@/lib/delivery/destinations/splunk/hec-event'
import { ENCODINGS_VERSION, encodingOf, encodingSchema } from '@/lib/delivery/encodings/encodings'
import type { ForwardedEvent } from '@/lib/delivery/forwarded-event'
import type { HttpBody, HttpConfig } from './config'
import { type Dialect, dialectOf } from './dialect'
import { joinWebhookEvents, toWebhookEvent, toWebhookItem, WEBHOOK_OVERHEAD_BYTES } from './webhook-body'

/** Raise the first number when an encoder below gives other bytes for the same event. */
export const HTTP_FORMAT_VERSION = 3 * 100 + ENCODINGS_VERSION

const LAYOUTS = [
  'json_array',
  'ndjson',
  'single',
  'webhook',
  'webhook_single',
  'hec_event',
  'datadog',
] as const
export type HttpLayout = (typeof LAYOUTS)[number]

export const httpFormatSchema = z.strictObject({
  layout: z.enum(LAYOUTS),
  encoding: encodingSchema,
  /** Where the checkpoint stands: every receiver gets the header, but some keep nothing but events. */
  checkpoint: z.enum(['header', 'event']),
  tenant: z.string(),
})
export type HttpFormat = z.infer<typeof httpFormatSchema>

const DIALECT_LAYOUTS: Record<Exclude<Dialect, 'plain'>, HttpLayout> = {
  splunk_raw: 'ndjson',
  splunk_event: 'hec_event',
  datadog: 'datadog',
}
const BODY_LAYOUTS: Record<Exclude<HttpBody, 'auto'>, HttpLayout> = {
  json_array: 'json_array',
  ndjson: 'ndjson',
  single: 'single',
  standard_webhook: 'webhook',
  standard_webhook_single: 'webhook_single',
}

/** A body that a person chose wins over what the URL suggests; text is no member of an array. */
function layoutOf({ body, encoding }: HttpConfig, dialect: Dialect): HttpLayout {
  if (body !== 'auto') return BODY_LAYOUTS[body]
  if (dialect !== 'plain') return DIALECT_LAYOUTS[dialect]
  return encodingOf(encoding).isJson ? 'json_array' : 'ndjson'
}

export function httpFormat(config: HttpConfig, tenant: string): HttpFormat {
  const dialect = dialectOf(config.url)
  return {
    layout: layoutOf(config, dialect),
    encoding: config.encoding,
    checkpoint: dialect === 'plain' ? 'header' : 'event',
    tenant,
  }
}

const joinArray = (items: readonly string[]) => `[${items.join(',')}]`
const joinLines = (items: readonly string[]) => items.map((item) => `${item}\n`).join('')

type Write = (event: ForwardedEvent, checkpoint?: string) => string

/**
 * The encoder of a format, which is the only thing that the bytes depend on besides events and checkpoint. Layouts
 * that are sent in another shape than they are frozen, such as single events, are frozen as lines.
 */
export function httpEncoder({ layout, encoding, checkpoint, tenant }: HttpFormat): Encoder {
  const encodeOne: Write = (event, note) => encodingOf(encoding).encode(event, { tenant, checkpoint: note })
  const writes: Record<HttpLayout, Write> = {
    json_array: encodeOne,
    ndjson: encodeOne,
    single: encodeOne,
    webhook: (event, note) => toWebhookItem(event, encodeOne(event, note)),
    webhook_single: (event, note) => toWebhookEvent(event, encodeOne(event, note)),
    hec_event: (event, note) => toHecEvent(event, {}, note),
    datadog: (event, note) => toDatadogLog(event, { tenant }, note),
  }
  const shapes: Partial<Record<HttpLayout, Pick<Encoder, 'join' | 'overheadBytes'>>> = {
    json_array: { join: joinArray, overheadBytes: 2 },
    webhook: { join: joinWebhookEvents, overheadBytes: WEBHOOK_OVERHEAD_BYTES },
  }
  const write = writes[layout]
  return {
    encode: (event) => write(event),
    ...(checkpoint === 'event' && { encodeLast: write }),
    ...(shapes[layout] ?? { join: joinLines, overheadBytes: 1 }),
  }
}
