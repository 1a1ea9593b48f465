import { type Judge, type Judgement, judgeStatus } from '@/lib/delivery/destinations/http/judge-status'

/** Nobody is silent for longer because a receiver asked for it. */
const MAX_RETRY_MS = 24 * 3_600_000

type Known = Readonly<Record<string | number, Judgement>>

const gone = (hint: string): Judgement => ({ verdict: 'gone', hint })
const failed = (hint: string): Judgement => ({ verdict: 'failed', hint })
const refused = (hint: string): Judgement => ({ verdict: 'refused', hint })

const REMOVED = gone('This webhook was removed. Make a new one and enter its URL.')
const TEAM_GONE = gone('The workspace of this webhook is closed. Make a webhook in another one.')
const NO_CHANNEL = failed(
  'There is no such channel here, or the webhook may not post to it. Check the field Channel.',
)
const NOT_ALLOWED = failed(
  'An administrator there does not let this webhook post. Ask them, or choose another channel.',
)
const NOT_UNDERSTOOD = refused('The receiver does not understand the message.')

/**
 * What Slack's word in an answer means: `gone` will never work again, `refused` is about the message, all else a
 * person can mend. Source: Slack's documentation of errors of incoming webhooks.
 */
const WORDS: Known = {
  no_service: REMOVED,
  no_service_id: REMOVED,
  no_active_hooks: REMOVED,
  invalid_token: gone('The key in the URL is not valid any more. Make a new webhook and enter its URL.'),
  no_team: TEAM_GONE,
  team_disabled: TEAM_GONE,
  channel_is_archived: gone('The channel is archived. Choose another one, or open it again, and resume.'),
  channel_not_found: NO_CHANNEL,
  user_not_found: failed('There is no such person here. Check the field Channel.'),
  action_prohibited: NOT_ALLOWED,
  posting_to_general_channel_denied: failed(
    'This webhook may not post to the general channel. Choose another one.',
  ),
  rollup_error: failed('The receiver is overloaded or out of order.'),
  invalid_payload: NOT_UNDERSTOOD,
  invalid_blocks: refused('The receiver does not take the blocks of a Slack app.'),
  invalid_attachments: NOT_UNDERSTOOD,
  no_text: NOT_UNDERSTOOD,
  missing_text_or_fallback_or_attachments: NOT_UNDERSTOOD,
  too_many_attachments: NOT_UNDERSTOOD,
  msg_too_long: refused('The receiver finds the message too long.'),
  msg_blocks_too_long: refused('The receiver finds the message too long.'),
}

/** By the names that Mattermost gives its errors. */
const MATTERMOST: Known = {
  'web.incoming_webhook.invalid.app_error': failed(
    'The receiver knows no such webhook. Check the URL, or make a new one.',
  ),
  'web.incoming_webhook.channel.app_error': NO_CHANNEL,
  'web.incoming_webhook.user.app_error': failed('There is no such person here. Check the field Channel.'),
  'web.incoming_webhook.permissions.app_error': NOT_ALLOWED,
  'web.incoming_webhook.channel_locked.app_error': failed(
    'This webhook is bound to its own channel. Leave the field Channel empty.',
  ),
  'web.incoming_webhook.disabled.app_error': failed(
    'Incoming webhooks are switched off there. Ask an administrator.',
  ),
}

/** Discord: unknown webhook, invalid webhook token. */
const DISCORD: Known = { 10015: REMOVED, 50027: REMOVED }

/** Without a word of the product itself it may be a proxy that answers. */
const STATUSES: Known = {
  400: NOT_UNDERSTOOD,
  401: failed('The receiver wants a sign-in, which webhooks have none of. Check the URL.'),
  403: failed(
    'Something at this URL does not let messages through. Check the URL and what stands before it.',
  ),
  404: failed('There is nothing at this URL. Check it, or make a new webhook.'),
  405: failed('This URL takes no messages. Check it.'),
  413: refused('The receiver finds the message too large.'),
  415: failed('The receiver takes no JSON. Check the URL.'),
  422: NOT_UNDERSTOOD,
}

const DELIVERED: Judgement = { verdict: 'delivered', hint: 'The receiver took it.' }
const NOT_TAKEN = failed('The receiver answered without taking the message. Check the webhook there.')
const WEB_PAGE = failed(
  'A web page answered, and no webhook. Check the URL, and whether a sign-in stands before it.',
)

type Said = Record<string, unknown>

function readJson(text: string): Said | undefined {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null ? (value as Said) : undefined
  } catch {
    return undefined
  }
}

function lookUp(known: Known, key: unknown): Judgement | undefined {
  return (typeof key === 'string' || typeof key === 'number') && Object.hasOwn(known, key)
    ? known[key]
    : undefined
}

function judgeWords(text: string, said: Said | undefined): Judgement | undefined {
  if (!said) return lookUp(WORDS, text.trim())
  // A gateway before the receiver may speak of an `invalid_token` of its own (RFC 6750, section 3.1).
  const word = said.ok === false ? lookUp(WORDS, said.error) : undefined
  return word ?? lookUp(MATTERMOST, said.id) ?? lookUp(DISCORD, said.code)
}

/** What an answer of a Slack-compatible receiver means. Pure. */
export const judgeWebhook: Judge = (answer) => {
  const { status, text } = answer
  const said = readJson(text)
  if (status >= 200 && status < 300) {
    // Rocket.Chat and Slack say in JSON what the status leaves open.
    if (said?.success === false || said?.ok === false) return judgeWords(text, said) ?? NOT_TAKEN
    return /^\s*<(!doctype|html)/i.test(text) ? WEB_PAGE : DELIVERED
  }
  // Who is too busy to look at a message knows nothing of the webhook either.
  const known = status >= 400 && status !== 429 ? judgeWords(text, said) : undefined
  return known ?? STATUSES[status] ?? judgeStatus(answer)
}

/** How long Discord asks to wait, in milliseconds: it says so in its JSON, in seconds and their parts. */
export function readRetryMs(text: string): number | undefined {
  const wait = readJson(text)?.retry_after
  return typeof wait === 'number' && wait >= 0 ? Math.min(Math.ceil(wait * 1_000), MAX_RETRY_MS) : undefined
}
