import type { DestinationKind } from '@/lib/delivery/destinations/contract'
import { type HttpConfig, httpConfigSchema } from './config'
import { dialectOf } from './dialect'
import { HTTP_FORMAT_VERSION, httpEncoder, httpFormat, httpFormatSchema } from './format'
import { sendHttp } from './send'

const LABELS = {
  plain: 'HTTP POST to',
  splunk_raw: 'Splunk at',
  splunk_event: 'Splunk at',
  datadog: 'Datadog at',
}

function describeHttp({ url }: HttpConfig): string {
  return `${LABELS[dialectOf(url)]} ${new URL(url).host}`
}

/** Events by HTTP POST, with an API key in a header; Splunk HEC and Datadog by their URLs. */
export const httpKind: DestinationKind = {
  formatVersion: HTTP_FORMAT_VERSION,
  // Datadog takes 1,000 logs; 1 MiB is Splunk's recommended size and below everybody's limit.
  maxEvents: 1_000,
  maxBytes: 1024 * 1024,
  encoder: (format) => httpEncoder(httpFormatSchema.parse(format)),
  open: (stored) => {
    const config = httpConfigSchema.parse(stored)
    return {
      describe: () => describeHttp(config),
      format: (tenantSlug) => httpFormat(config, tenantSlug),
      send: (delivery, request) =>
        sendHttp(config, httpFormatSchema.parse(delivery.format), delivery, request),
    }
  },
}
