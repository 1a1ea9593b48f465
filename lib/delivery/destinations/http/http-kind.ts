import type { DestinationKind } from '@/lib/delivery/destinations/contract'
import { hashUrlRest, shortenUrl } from '@/lib/http/shorten-url'
import { type HttpBody, type HttpConfig, httpConfigSchema, httpInputSchema, WEBHOOK_BODIES } from './config'
import { configureHttp } from './configure'
import { showHeaders } from './custom-headers'
import { dialectOf } from './dialect'
import { HTTP_FIELDS } from './fields'
import { HTTP_FORMAT_VERSION, httpEncoder, httpFormat, httpFormatSchema } from './format'
import { sendHttp } from './send'

const LABELS = {
  plain: 'HTTP POST to',
  splunk_raw: 'Splunk at',
  splunk_event: 'Splunk at',
  datadog: 'Datadog at',
}

function describeHttp({ url, body }: HttpConfig): string {
  const label = WEBHOOK_BODIES.includes(body) ? 'Webhook to' : LABELS[dialectOf(url)]
  return `${label} ${new URL(url).host}`
}

type Limits = { maxEvents: number; maxBytes: number }
// Datadog takes 1,000 logs; 1 MiB is Splunk's recommended size and below everybody's limit.
const BATCHES: Limits = { maxEvents: 1_000, maxBytes: 1024 * 1024 }
/** Receivers of webhooks are applications with small bodies in mind; Standard Webhooks advises 20 kB. */
const WEBHOOKS: Limits = { maxEvents: 100, maxBytes: 256 * 1024 }
/** One after the other: at 75 ms each they take half of the time that a batch has. */
const SINGLES: Limits = { maxEvents: 200, maxBytes: 1024 * 1024 }

const LIMITS: Record<HttpBody, Limits> = {
  auto: BATCHES,
  json_array: BATCHES,
  ndjson: BATCHES,
  single: SINGLES,
  standard_webhook: WEBHOOKS,
  standard_webhook_single: SINGLES,
}

/** Events by HTTP POST, with an API key in a header; Splunk HEC and Datadog by their URLs. */
export const httpKind: DestinationKind = {
  role: 'forwarding',
  label: 'HTTP',
  summary: 'Any receiver that takes events by HTTP POST, with an API key in a header if it wants one.',
  promise: 'At least once: after a failure a batch comes again, with the same events under the same ids.',
  fields: HTTP_FIELDS,
  input: httpInputSchema,
  configure: (input, before) => configureHttp(httpInputSchema.parse(input), before),
  formatVersion: HTTP_FORMAT_VERSION,
  maySplit: true,
  encoder: (format) => httpEncoder(httpFormatSchema.parse(format)),
  open: (stored) => {
    const config = httpConfigSchema.parse(stored)
    const { url, headerName, body, encoding, headers, gzip, ca, previousSecretUntil } = config
    const shown = {
      apiHeaderName: headerName ?? null,
      body,
      encoding,
      headers: showHeaders(headers),
      gzip,
      ca: ca ?? null,
      ...(previousSecretUntil && { previousSecretUntil }),
    }
    return {
      describe: () => describeHttp(config),
      target: () => new URL(url).host,
      values: () => ({ url, ...shown }),
      publicValues: () => ({ url: shortenUrl(url), urlRestHash: hashUrlRest(url), ...shown }),
      ...LIMITS[body],
      format: (tenantSlug) => httpFormat(config, tenantSlug),
      send: (delivery, tools) => sendHttp(config, httpFormatSchema.parse(delivery.format), delivery, tools),
    }
  },
}
