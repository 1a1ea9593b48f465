import { createHmac } from 'node:crypto'
import type { ForwardedEvent } from '@/lib/delivery/forwarded-event'
import { canonicalJson } from '@/lib/integrity/jcs'
import type { MatchedEvent } from '@/lib/ledger/matched/matched-event'
import { withoutHidden } from './mask-matched'
import { maskMember } from './mask-member'
import { HIDDEN, maskMentions } from './mask-mentions'
import { maskingSegments } from './masking-path'
import type { MaskingRule } from './masking-rule'

/** 64 bits: two values of one trail don't meet by chance, and a line stays readable. */
const HASH_DIGITS = 16

type Body = Record<string, unknown> & {
  message?: unknown
  actor?: { login?: unknown }
  targets?: { name?: unknown }[]
  source?: unknown
  dataSource?: unknown
  /** No event of a client's has a member of this name. */
  matched?: MatchedEvent
}

/** By this, equal values show as equal, and only who has the destination's key can try out a guess. */
function hashValue(value: unknown, key: string): string {
  const text = typeof value === 'string' ? value : canonicalJson(value)
  return `hmac:${createHmac('sha256', key).update(text).digest('hex').slice(0, HASH_DIGITS)}`
}

type ToReplacement = (value: unknown) => string
type Mentions = Map<string, string>

const textOrNull = (value: unknown) => (typeof value === 'string' ? value : null)

/** The event with its columns read from a body that was changed, so that no encoding shows what the body hides. */
function withBody(event: ForwardedEvent, body: Body): ForwardedEvent {
  return {
    ...event,
    message: textOrNull(body.message),
    actorLogin: textOrNull(body.actor?.login),
    targetName: textOrNull(body.targets?.[0]?.name),
    source: textOrNull(body.source),
    dataSource: textOrNull(body.dataSource),
    body: JSON.stringify(body),
  }
}

/** Each text and number within a masked value, with what stands for it where it is mentioned. */
function collectMentions(value: unknown, toReplacement: ToReplacement, mentions: Mentions): void {
  if (typeof value === 'object' && value !== null)
    for (const inner of Object.values(value)) collectMentions(inner, toReplacement, mentions)
  else if (typeof value === 'string' || typeof value === 'number')
    mentions.set(String(value), toReplacement(value))
}

/**
 * The event as a destination with these rules may see it. `key` is the destination's masking key. A message that
 * mentions a masked value is masked there too; other fields with the same value need a rule of their own. Whoever a
 * rule hides is not matched for this destination either. A body that no rule concerns stays as it is, byte for byte. Pure.
 */
export function maskEvent(event: ForwardedEvent, rules: readonly MaskingRule[], key: string): ForwardedEvent {
  if (rules.length === 0) return event
  const body = JSON.parse(event.body) as Body
  if (event.matched) body.matched = withoutHidden(event.matched, rules)
  const mentions: Mentions = new Map()
  const masked = new Set<string | undefined>()
  for (const { path, how } of rules) {
    const segments = maskingSegments(path)
    const toReplacement: ToReplacement = (value) => (how === 'hash' ? hashValue(value, key) : HIDDEN)
    maskMember(body, segments, (value) => {
      masked.add(segments[0])
      // What is only not carried is no secret: its types and rules are words of any message.
      if (segments[0] !== 'matched' || how !== 'remove') collectMentions(value, toReplacement, mentions)
      return how === 'remove' ? undefined : toReplacement(value)
    })
  }
  const told = body.message
  if (mentions.size > 0 && !masked.has('message') && typeof told === 'string')
    body.message = maskMentions(told, mentions)
  const { matched, ...shown } = body
  masked.delete('matched')
  const isSame = masked.size === 0 && shown.message === told
  if (isSame && !event.matched) return event
  const { matched: _, ...bare } = isSame ? event : withBody(event, shown)
  return { ...bare, ...(matched && { matched }) }
}
