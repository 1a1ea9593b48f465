import { z } from 'zod'
import type { Encoder } from '@/lib/delivery/destinations/contract'
import type { ForwardedEvent } from '@/lib/delivery/forwarded-event'
import type { DatadogConfig } from './config'
import { toDatadogLog } from './log'

/** Raise it when the encoder gives other bytes for the same event. */
export const DATADOG_FORMAT_VERSION = 1

export const datadogFormatSchema = z.strictObject({
  tenant: z.string(),
  service: z.string().optional(),
  source: z.string().optional(),
  tags: z.array(z.string()),
})
export type DatadogFormat = z.infer<typeof datadogFormatSchema>

export function datadogFormat({ service, source, tags }: DatadogConfig, tenant: string): DatadogFormat {
  return { tenant, ...(service && { service }), ...(source && { source }), tags }
}

/** Logs one a line, which `toLogArray` makes the request's body of; the last carries the checkpoint. */
export function datadogEncoder(format: DatadogFormat): Encoder {
  const write = (event: ForwardedEvent, checkpoint?: string) => toDatadogLog(event, format, checkpoint)
  return {
    encode: (event) => write(event),
    encodeLast: write,
    join: (items) => items.map((item) => `${item}\n`).join(''),
    overheadBytes: 1,
  }
}
