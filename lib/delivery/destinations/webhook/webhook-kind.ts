import { channelTiming, channelValues } from '@/lib/delivery/destinations/channel-config'
import type { DestinationKind } from '@/lib/delivery/destinations/contract'
import { configureWebhook, webhookConfigSchema, webhookInputSchema } from './config'
import { WEBHOOK_FIELDS } from './fields'
import { WEBHOOK_FORMAT_VERSION, webhookFormatSchema } from './format'
import { sendWebhook } from './send'

/** Slack takes a message a second, with short bursts; in a flood people are told six times a minute. */
const PACE = { burst: 30, refillSeconds: 10, gapSeconds: 1 }

/** Messages into a channel of Slack, or of what takes messages as Slack does. */
export const webhookKind: DestinationKind = {
  role: 'channel',
  label: 'Webhook',
  summary: 'Messages into a channel of Slack, Mattermost, Rocket.Chat or Discord.',
  promise:
    'At least once: a message whose arrival is unclear comes again, and says so. What events say is never a link or a mention: a host is written with a dot that only looks like one, so copy names from the trail.',
  fields: WEBHOOK_FIELDS,
  generated: [{ name: 'uri', label: 'Uri' }],
  input: webhookInputSchema,
  configure: (input, before) => configureWebhook(webhookInputSchema.parse(input), before),
  formatVersion: WEBHOOK_FORMAT_VERSION,
  maySplit: false,
  open: (stored) => {
    const config = webhookConfigSchema.parse(stored)
    const {
      origin,
      fingerprint,
      flavour,
      username = null,
      channel = null,
      iconUrl = null,
      ca = null,
    } = config
    const { host } = new URL(origin)
    const uri = fingerprint === null ? origin : `${origin}/… (fingerprint ${fingerprint})`
    const values = { ...channelValues(config), uri, username, channel, iconUrl, flavour, ca }
    return {
      describe: () => (channel ? `Webhook to ${channel} at ${host}` : `Webhook to ${host}`),
      target: () => host,
      values: () => values,
      publicValues: () => values,
      maxEvents: Number.MAX_SAFE_INTEGER,
      maxBytes: 1024 * 1024,
      ...channelTiming(config, PACE),
      format: (tenant) => ({ tenant, ...(config.rule && { rule: config.rule }) }),
      send: (delivery, tools) =>
        sendWebhook(config, webhookFormatSchema.parse(delivery.format), delivery, tools),
    }
  },
}
