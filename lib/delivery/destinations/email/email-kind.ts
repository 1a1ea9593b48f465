import type { DestinationKind } from '@/lib/delivery/destinations/contract'
import { configureEmail, emailConfigSchema, emailInputSchema } from './config'
import { EMAIL_FIELDS } from './fields'
import { EMAIL_FORMAT_VERSION, emailEncoder, emailFormatSchema } from './format'
import { mailServerOf, sendEmail } from './send'

/** Events that one letter counts; also those after which it does not wait for its time. */
const MAX_EVENTS = 10_000

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
  maySplit: true,
  encoder: (format) => {
    emailFormatSchema.parse(format)
    return emailEncoder
  },
  open: (stored) => {
    const config = emailConfigSchema.parse(stored)
    const { to, everySeconds, server, ...own } = config
    const people = to.length === 1 ? to[0] : `${to[0]} and ${to.length - 1} more`
    const { hostname = null, port = null, tls = null, username = null, from = null, ca = null } = own
    const values = { to, everySeconds, server, hostname, port, tls, username, from, ca }
    return {
      describe: () => `E-mail to ${people}`,
      target: () => mailServerOf(config),
      values: () => values,
      publicValues: () => values,
      maxEvents: MAX_EVENTS,
      maxBytes: 4 * 1024 * 1024,
      ...(everySeconds > 0 && { schedule: { everySeconds, flushEvents: MAX_EVENTS } }),
      format: (tenant) => ({ tenant }),
      send: (delivery, tools) => sendEmail(config, emailFormatSchema.parse(delivery.format), delivery, tools),
    }
  },
}
