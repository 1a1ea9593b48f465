import type { DestinationKind } from '@/lib/delivery/destinations/contract'
import { hashUrlRest, shortenUrl } from '@/lib/http/shorten-url'
import { configureDatadog, datadogConfigSchema, datadogInputSchema, urlOf } from './config'
import { DATADOG_FIELDS } from './fields'
import { DATADOG_FORMAT_VERSION, datadogEncoder, datadogFormat, datadogFormatSchema } from './format'
import { sendDatadog } from './send'
import { CUSTOM_SITE } from './sites'

/** Datadog's log intake, at any of its sites or through a proxy. */
export const datadogKind: DestinationKind = {
  role: 'forwarding',
  label: 'Datadog',
  summary: 'Datadog’s log management, at any of its sites.',
  promise:
    'At least once: a repeated event has the same audit.id. Datadog takes no log older than 18 hours, so after a long pause, or in a replay, an event gets the time of its arrival; its own stays in audit.occurredAt. An event beyond 1 MB is cut and marked with audit.truncated.',
  fields: DATADOG_FIELDS,
  input: datadogInputSchema,
  configure: (input, before) => configureDatadog(datadogInputSchema.parse(input), before),
  formatVersion: DATADOG_FORMAT_VERSION,
  maySplit: true,
  encoder: (format) => datadogEncoder(datadogFormatSchema.parse(format)),
  open: (stored) => {
    const config = datadogConfigSchema.parse(stored)
    const { site, url, service, source, tags, gzip, ca } = config
    const { host } = new URL(urlOf(config))
    const values = { site, service: service ?? null, source: source ?? null, tags, gzip, ca: ca ?? null }
    return {
      describe: () => `Datadog at ${site === CUSTOM_SITE ? host : site}`,
      target: () => host,
      values: () => ({ ...values, url: url ?? null }),
      publicValues: () => ({
        ...values,
        url: url ? shortenUrl(url) : null,
        ...(url && { urlRestHash: hashUrlRest(url) }),
      }),
      // The documented limits are 1,000 logs and 5 MB; commas and brackets come on top of our lines.
      maxEvents: 1_000,
      maxBytes: 4_500_000,
      format: (tenantSlug) => datadogFormat(config, tenantSlug),
      send: (delivery, tools) => sendDatadog(config, delivery, tools),
    }
  },
}
