import { createHmac } from 'node:crypto'
import type { ForwardedEvent } from '@/lib/delivery/forwarded-event'
import { canonicalJson } from '@/lib/integrity/jcs'
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
 * mentions a masked value is masked there too; other fields with the same value need a rule of their own.
 * An event that no rule concerns comes back as it is, byte for byte. Pure.
 */
export function maskEvent(event: ForwardedEvent, rules: readonly MaskingRule[], key: string): ForwardedEvent {
  if (rules.length === 0) return event
  const body = JSON.parse(event.body) as Body
  const mentions: Mentions = new Map()
  const masked = new Set<string | undefined>()
  for (const { path, how } of rules) {
    const segments = maskingSegments(path)
    const toReplacement: ToReplacement = (value) => (how === 'hash' ? hashValue(value, key) : HIDDEN)
    maskMember(body, segments, (value) => {
      masked.add(segments[0])
      collectMentions(value, toReplacement, mentions)
      return how === 'remove' ? undefined : toReplacement(value)
    })
  }
  if (masked.size === 0) return event
  if (!masked.has('message') && typeof body.message === 'string')
    body.message = maskMentions(body.message, mentions)
  return withBody(event, body)
}
