import { createHmac } from 'node:crypto'
import { type SQL, sql } from 'drizzle-orm'
import { events } from '@/db/schema/events'
import { shortenName } from '@/lib/delivery/digest/event-note'
import { readOutgoing } from '@/lib/delivery/encodings/outgoing-event'
import type { ForwardedEvent } from '@/lib/delivery/forwarded-event'
import { withMatchedName } from '@/lib/delivery/matched-names'
import type { RuleGroup } from './rule'

/**
 * Whose an event is, as text; null for nobody's, and then it counts for no group. An actor goes by the login, else by
 * the identity or the id, as in the filters of the trail; of two targets the first one with a name counts.
 */
export const GROUP_VALUES: Record<RuleGroup, SQL> = {
  actor: sql`coalesce(${events.actorLogin}, ${events.actorIdentity}, ${events.actorId})`,
  target: sql`coalesce(${events.targetName}, ${events.target2Name})`,
  ip: sql`host(${events.ip})`,
  all: sql`''`,
}

/** An IPv4 address as a socket of both families writes it. */
const MAPPED = /^::ffff:(?=\d+\.)/i

/**
 * What spellings of one value have in common. Sign-ins mostly don't tell letters of two sizes or widths apart, so that
 * whoever tries out passwords must not pass for many by them; files and tables may differ in nothing else. Pure.
 */
export function groupKey(per: RuleGroup, value: string): string {
  if (per === 'actor') return value.normalize('NFKC').toLowerCase()
  return per === 'ip' ? value.replace(MAPPED, '') : value
}

/** What rows have in a group's place: hex, by the channel's masking key, so that no one else can try out a guess. */
export const hashGroup = (maskingKey: string, per: RuleGroup, value: string): string =>
  createHmac('sha256', maskingKey)
    .update(`rule\n${per}\n${groupKey(per, value)}`)
    .digest('hex')

/** The same as `GROUP_VALUES` of an event as it may be shown, after masking; null if nothing is left of it. Pure. */
export function shownGroup(per: RuleGroup, event: ForwardedEvent): string | null {
  const value = per === 'all' ? undefined : readGroup(per, event)
  return value === undefined ? null : shortenName(value)
}

function readGroup(per: Exclude<RuleGroup, 'all'>, event: ForwardedEvent): string | undefined {
  const { actor, targets } = readOutgoing(event)
  const { matched } = event
  if (per === 'ip') return actor?.ip
  if (per === 'actor') return withMatchedName(actor?.login ?? actor?.identity ?? actor?.id, matched?.actor)
  const place = targets?.[0]?.name === undefined ? 1 : 0
  return withMatchedName(targets?.[place]?.name, matched?.targets?.[place])
}
