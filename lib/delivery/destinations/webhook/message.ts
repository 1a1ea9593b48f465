import { plural } from '@/lib/delivery/digest/count-words'
import type { Level } from '@/lib/event/levels'
import { toBlocks } from './blocks'
import type { WebhookConfig } from './config'
import type { Notice } from './notice'

/** As Slack names its members (docs.slack.dev, incoming webhooks and secondary attachments). */
export type WebhookMessage = {
  username?: string
  icon_url?: string
  channel?: string
  text: string
  link_names: false
  unfurl_links: false
  unfurl_media: false
  attachments?: Attachment[]
  blocks?: ReturnType<typeof toBlocks>
}

type Attachment = {
  fallback: string
  color: string
  title: string
  title_link: string
  text?: string
  fields: { title: string; value: string; short: boolean }[]
  footer: string
  /** Seconds since 1970. */
  ts: number
  /** Nothing of it is markup. */
  mrkdwn_in: []
}

const COLORS: Record<Level, string> = {
  trace: '#94a3b8',
  debug: '#94a3b8',
  info: '#3b82f6',
  notice: '#3b82f6',
  warning: '#d97706',
  error: '#dc2626',
  critical: '#991b1b',
}
/** Longer ones take a line of their own. */
const SHORT_VALUE = 40

type Sender = Pick<WebhookConfig, 'username' | 'channel' | 'iconUrl'>

const envelope = ({ username, channel, iconUrl }: Sender, text: string): WebhookMessage => ({
  ...(username && { username }),
  ...(iconUrl && { icon_url: iconUrl }),
  ...(channel && { channel }),
  text,
  link_names: false,
  unfurl_links: false,
  unfurl_media: false,
})

/** The notice in a form that its receiver shows. Pure. */
export function toMessage(notice: Notice, config: Sender & Pick<WebhookConfig, 'flavour'>): WebhookMessage {
  const message = envelope(config, notice.summary)
  return config.flavour === 'slack_app'
    ? { ...message, blocks: toBlocks(notice) }
    : { ...message, attachments: [toAttachment(notice)] }
}

/** A message without a word of the events, for receivers that refuse what stands in them. Pure. */
export function countMessage(
  events: number,
  place: { tenant: string; url: string },
  config: Sender,
): WebhookMessage {
  const text = `${plural(events, 'event')} in ${place.tenant}. What they say was refused here; the trail has it: ${place.url}/trail`
  return envelope(config, text)
}

function toAttachment({ summary, level, link, lines, more, facts, footer, at }: Notice): Attachment {
  const text = [...lines.map((line) => `• ${line}`), ...(more ? [more] : [])].join('\n')
  return {
    fallback: summary,
    color: COLORS[level],
    title: link.label,
    title_link: link.url,
    ...(text && { text }),
    fields: facts.map(([title, value]) => ({ title, value, short: value.length <= SHORT_VALUE })),
    footer,
    ts: Math.floor(Date.parse(at) / 1_000),
    mrkdwn_in: [],
  }
}
