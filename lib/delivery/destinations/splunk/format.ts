import { z } from 'zod'
import type { Encoder } from '@/lib/delivery/destinations/contract'
import { type ForwardedEvent, toEventJson } from '@/lib/delivery/forwarded-event'
import { ENDPOINTS, type SplunkConfig } from './config'
import { toHecEvent } from './hec-event'

/** Raise it when the encoder gives other bytes for the same event. */
export const SPLUNK_FORMAT_VERSION = 1

export const splunkFormatSchema = z.strictObject({
  endpoint: z.enum(ENDPOINTS),
  index: z.string().optional(),
  source: z.string().optional(),
  sourcetype: z.string().optional(),
  host: z.string().optional(),
})
export type SplunkFormat = z.infer<typeof splunkFormatSchema>

/** The raw endpoint takes its metadata in the URL, so the bytes don't depend on it. */
export function splunkFormat({ endpoint, index, source, sourcetype, host }: SplunkConfig): SplunkFormat {
  const metadata = { index, source, sourcetype, host }
  const given = Object.entries(metadata).filter(([, value]) => value !== undefined)
  return { endpoint, ...(endpoint === 'event' && Object.fromEntries(given)) }
}

/** Events one a line; the last carries the checkpoint, because Splunk keeps nothing else. */
export function splunkEncoder({ endpoint, ...metadata }: SplunkFormat): Encoder {
  const write = (event: ForwardedEvent, checkpoint?: string) =>
    endpoint === 'raw' ? toEventJson(event, checkpoint) : toHecEvent(event, metadata, checkpoint)
  return {
    encode: (event) => write(event),
    encodeLast: write,
    join: (items) => items.map((item) => `${item}\n`).join(''),
    overheadBytes: 1,
  }
}
