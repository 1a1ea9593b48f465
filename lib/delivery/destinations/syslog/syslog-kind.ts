import type { DestinationKind } from '@/lib/delivery/destinations/contract'
import { configureSyslog, syslogConfigSchema, syslogInputSchema } from './config'
import { SYSLOG_FIELDS } from './fields'
import { SYSLOG_FORMAT_VERSION, syslogEncoder, syslogFormat, syslogFormatSchema } from './format'
import { placeOf, sendSyslog } from './send'

/** A syslog server that takes RFC 5424 over TLS or TCP. */
export const syslogKind: DestinationKind = {
  role: 'forwarding',
  label: 'Syslog',
  summary: 'rsyslog, syslog-ng and every SIEM that takes syslog: RFC 5424 over TLS or TCP.',
  promise:
    'Best effort: syslog acknowledges nothing, so what was on its way when the server broke down may be lost unseen. After a failure that shows, a batch comes again, with the same events under the same ids.',
  fields: SYSLOG_FIELDS,
  input: syslogInputSchema,
  configure: (input) => configureSyslog(syslogInputSchema.parse(input)),
  formatVersion: SYSLOG_FORMAT_VERSION,
  maySplit: true,
  encoder: (format) => syslogEncoder(syslogFormatSchema.parse(format)),
  open: (stored) => {
    const config = syslogConfigSchema.parse(stored)
    const place = placeOf(config)
    const values = { ...config, hostname: config.hostname ?? null, ca: config.ca ?? null }
    return {
      describe: () => `Syslog at ${place}`,
      target: () => place,
      values: () => values,
      publicValues: () => values,
      maxEvents: 1_000,
      maxBytes: 1024 * 1024,
      format: (tenantSlug) => syslogFormat(config, tenantSlug),
      send: (delivery, tools) => sendSyslog(config, delivery, tools),
    }
  },
}
