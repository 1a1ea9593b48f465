import { channelTiming, channelValues } from '@/lib/delivery/destinations/channel-config'
import type { DestinationKind } from '@/lib/delivery/destinations/contract'
import { configureEmail, emailConfigSchema, emailInputSchema } from './config'
import { failingWayOf } from './failing-way'
import { EMAIL_FIELDS } from './fields'
import { EMAIL_FORMAT_VERSION, emailFormatSchema } from './format'
import { mailServerOf, previewEmail, sendEmail } from './send'

/** Some letters at once, then one each half a minute. */
const PACE = { burst: 20, refillSeconds: 30, gapSeconds: 1 }

/** Letters to people about events, by the operator's mail server or the tenant's own. */
export const emailKind: DestinationKind = {
  role: 'channel',
  label: 'E-mail',
  summary: 'Letters to people: one event as its sentence, several as a list with counts.',
  promise:
    'At least once: a letter whose arrival is unclear comes again with the same Message-ID, by which mail programs know it.',
  fields: EMAIL_FIELDS,
  input: emailInputSchema,
  configure: (input, before) => configureEmail(emailInputSchema.parse(input), before),
  formatVersion: EMAIL_FORMAT_VERSION,
  maySplit: false,
  open: (stored) => {
    const config = emailConfigSchema.parse(stored)
    const { to, server, ...own } = config
    const people = to.length === 1 ? to[0] : `${to[0]} and ${to.length - 1} more`
    const { hostname = null, port = null, tls = null, username = null, from = null, ca = null } = own
    const values = { ...channelValues(config), to, server, hostname, port, tls, username, from, ca }
    return {
      describe: () => `E-mail to ${people}`,
      target: () => mailServerOf(config),
      values: () => values,
      publicValues: () => values,
      maxEvents: Number.MAX_SAFE_INTEGER,
      maxBytes: 4 * 1024 * 1024,
      ...channelTiming(config, PACE),
      format: (tenant) => ({ tenant, ...(config.rule && { rule: config.rule }) }),
      send: (delivery, tools) => sendEmail(config, emailFormatSchema.parse(delivery.format), delivery, tools),
      preview: (delivery) => previewEmail(emailFormatSchema.parse(delivery.format), delivery),
      failingWay: (lastStatus) => failingWayOf(config, lastStatus),
    }
  },
}
