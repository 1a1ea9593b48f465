import type { DestinationKind } from '@/lib/delivery/destinations/contract'
import { hashUrlRest, shortenUrl } from '@/lib/http/shorten-url'
import { configureSplunk, splunkConfigSchema, splunkInputSchema } from './config'
import { SPLUNK_FIELDS } from './fields'
import { SPLUNK_FORMAT_VERSION, splunkEncoder, splunkFormat, splunkFormatSchema } from './format'
import { checkSplunkHealth, pollSplunkAcks, sendSplunk } from './send'

/** Splunk's HTTP Event Collector, with indexer acknowledgement where the token has it. */
export const splunkKind: DestinationKind = {
  role: 'forwarding',
  label: 'Splunk HEC',
  summary: 'Splunk Enterprise or Splunk Cloud, through its HTTP Event Collector.',
  promise:
    'At least once: a repeated event has the same audit_id, so | dedup audit_id finds it. Without acknowledgement, Splunk confirms an event before it is indexed.',
  fields: SPLUNK_FIELDS,
  input: splunkInputSchema,
  configure: (input, before) => configureSplunk(splunkInputSchema.parse(input), before),
  formatVersion: SPLUNK_FORMAT_VERSION,
  maySplit: true,
  encoder: (format) => splunkEncoder(splunkFormatSchema.parse(format)),
  open: (stored) => {
    const config = splunkConfigSchema.parse(stored)
    const { channel: _, index, source, sourcetype, host, ca, ...always } = config
    const values = {
      ...always,
      index: index ?? null,
      source: source ?? null,
      sourcetype: sourcetype ?? null,
      host: host ?? null,
      ca: ca ?? null,
    }
    return {
      describe: () => `Splunk at ${new URL(config.url).host}`,
      target: () => new URL(config.url).host,
      values: () => values,
      publicValues: () => ({ ...values, url: shortenUrl(config.url), urlRestHash: hashUrlRest(config.url) }),
      maxEvents: 1_000,
      // Splunk's recommended size.
      maxBytes: 1024 * 1024,
      format: () => splunkFormat(config),
      send: (delivery, tools) => sendSplunk(config, delivery, tools),
      pollAcks: (ackIds, call, tools) => pollSplunkAcks(config, ackIds, call, tools),
      checkHealth: (call, tools) => checkSplunkHealth(config, call, tools),
    }
  },
}
