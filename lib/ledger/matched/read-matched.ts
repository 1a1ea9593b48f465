import { type SQL, sql } from 'drizzle-orm'
import type { Database } from '@/db/client'
import type { EventInput } from '@/lib/event/event-input'
import {
  type Reference,
  referenceDigest,
  referencesOf,
  referenceText,
} from '@/lib/ledger/matching/references-of'
import { thisTenant } from '@/lib/ledger/this-tenant'
import type { MatchedEntity, MatchedEvent } from './matched-event'
import { isWithin, type Period, toPeriod } from './periods'

type Named = Pick<EventInput, 'actor' | 'targets'>

/** What of an event its matches depend on; `occurredAt` is RFC 3339, `body` its JSON text as it is shown. */
export type MatchableEvent = { seq: number; origin: string; occurredAt: string } & (Named | { body: string })

const namesOf = (event: MatchableEvent): Named => ('body' in event ? JSON.parse(event.body) : event)

type Row = { digest: string; from: number | null; to: number | null; shown: MatchedEntity }
type Match = { during: Period; shown: MatchedEntity }

/** Matches that hold now, or that did in that generation. */
const inForce = (generation: number | undefined): SQL =>
  generation === undefined
    ? sql`m.until is null`
    : sql`m.since <= ${generation}::bigint and (m.until is null or m.until > ${generation}::bigint)`

async function readMatches(
  db: Database,
  tenantId: string,
  digests: readonly string[],
  generation: number | undefined,
): Promise<Map<string, Match[]>> {
  const list = `{${digests.map((digest) => `"\\\\x${digest}"`).join(',')}}`
  const rows = await db.execute<Row>(sql`
    select encode(r.digest, 'hex') as digest, m.shown,
      (extract(epoch from m.valid_from) * 1000)::float8 as from, (extract(epoch from m.valid_to) * 1000)::float8 as to
    from ledger_references r join ledger_matches m on m.tenant_id = r.tenant_id and m.reference_id = r.id
    where r.tenant_id = ${thisTenant(tenantId)} and r.digest = any(${list}::bytea[]) and m.shown is not null and ${inForce(generation)}`)
  const matches = new Map<string, Match[]>()
  for (const { digest, from, to, shown } of rows) {
    const match = { during: toPeriod(from, to), shown }
    const known = matches.get(digest)
    if (known) known.push(match)
    else matches.set(digest, [match])
  }
  return matches
}

/**
 * What the ledger knows behind the actors and targets of events, by seq, as it stands now or stood in a generation
 * of matches. One statement, whatever the number of events: they share their references. Events of which nothing is
 * known are left out.
 */
export async function readMatched(
  db: Database,
  tenantId: string,
  events: readonly MatchableEvent[],
  generation?: number,
): Promise<Map<number, MatchedEvent>> {
  const digests = new Map<string, string>()
  const digestOf = (reference: Reference | null): string | null => {
    if (!reference) return null
    const text = referenceText(reference)
    const known = digests.get(text) ?? referenceDigest(text).toString('hex')
    digests.set(text, known)
    return known
  }
  const named = events.map((event) => {
    const { actor, targets } = referencesOf(event.origin, namesOf(event))
    const at = Date.parse(event.occurredAt)
    return { seq: event.seq, at, actor: digestOf(actor), targets: targets.map(digestOf) }
  })
  const found = new Map<number, MatchedEvent>()
  if (digests.size === 0) return found
  const matches = await readMatches(db, tenantId, [...digests.values()], generation)
  if (matches.size === 0) return found
  for (const { seq, at, ...event } of named) {
    const shownOf = (digest: string | null): MatchedEntity | undefined =>
      (digest === null ? undefined : matches.get(digest))?.find(({ during }) => isWithin([during], at))?.shown
    const actor = shownOf(event.actor)
    const targets = event.targets.map((digest) => shownOf(digest) ?? null)
    const hasTargets = targets.some((target) => target !== null)
    if (actor || hasTargets) found.set(seq, { ...(actor && { actor }), ...(hasTargets && { targets }) })
  }
  return found
}
