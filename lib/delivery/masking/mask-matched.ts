import type { MatchedEvent } from '@/lib/ledger/matched/matched-event'
import { maskingSegments } from './masking-path'
import type { MaskingRule } from './masking-rule'

/** The fields that a match may be found by, and so says something of: its key has the login and the repository in it. */
const FOUND_BY: Readonly<Record<string, readonly string[]>> = {
  actor: ['login', 'identity', 'id', 'repository'],
  targets: ['type', 'name', 'parent', 'id'],
}

const isIndex = (segment: string | undefined) => segment !== undefined && /^\d+$/.test(segment)

/** Whether hiding the field hides the match behind it, and of targets which one: undefined is all of them. */
function concerns({ path }: MaskingRule, member: 'actor' | 'targets'): { place: number | undefined } | null {
  const [name, ...inner] = maskingSegments(path)
  if (name !== member) return null
  const [place, field] = isIndex(inner[0]) ? [Number(inner[0]), inner[1]] : [undefined, inner[0]]
  return field === undefined || FOUND_BY[member]?.includes(field) ? { place } : null
}

/**
 * A copy of what an event carries without the matches of whoever a rule hides, however it hides them: a hashed login with
 * its owner's name behind it would hide nobody. That holds for events too which lack the very field. Pure.
 */
export function withoutHidden(matched: MatchedEvent, rules: readonly MaskingRule[]): MatchedEvent {
  const { actor, targets } = structuredClone(matched)
  const hidden = rules.flatMap((rule) => concerns(rule, 'targets') ?? [])
  const isHidden = (at: number) => hidden.some(({ place }) => place === undefined || place === at)
  const left = targets?.map((target, at) => (isHidden(at) ? null : target))
  return {
    ...(actor && !rules.some((rule) => concerns(rule, 'actor')) && { actor }),
    ...(left?.some((target) => target !== null) && { targets: left }),
  }
}
