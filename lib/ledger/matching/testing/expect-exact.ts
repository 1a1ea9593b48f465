import type { Sql } from 'postgres'
import { expect } from 'vitest'
import { inTenant } from '@/lib/access/in-tenant'
import type { TenantScope } from '@/lib/access/scope'
import { compareMatches } from '@/lib/ledger/matching/compare-matches'
import { findMatches, stateOf } from '@/lib/ledger/matching/find-matches'
import { readPoliciesInForce } from '@/lib/ledger/matching/policies-in-force'
import { readCurrentMatches } from '@/lib/ledger/matching/read-current-matches'
import { referencesOf, referenceText } from '@/lib/ledger/matching/references-of'
import { readReferences } from '@/lib/ledger/matching/write-references'
import { CHUNK_EVENTS, eachMention, SPAN_CHUNKS } from '@/lib/ledger/mentions/layout'

type Naive = { mentions: string[]; counts: Record<string, { events: number; lastSeq?: number }> }

/** What the trail says, event by event. */
async function countNaively(owner: Sql, tenantId: string, firstSeq: number, nextSeq: number): Promise<Naive> {
  const rows = await owner<{ seq: number; origin: string; body: string }[]>`
    select seq::int as seq, origin, body from events
    where tenant_id = ${tenantId} and seq >= ${firstSeq} and seq < ${nextSeq} order by seq`
  const naive: Naive = { mentions: [], counts: {} }
  for (const { seq, origin, body } of rows) {
    const named = referencesOf(origin, JSON.parse(body))
    const texts = new Set([named.actor, ...named.targets].flatMap((one) => (one ? [referenceText(one)] : [])))
    for (const text of texts) {
      naive.mentions.push(`${seq} ${text}`)
      const count = naive.counts[text] ?? { events: 0 }
      naive.counts[text] = { events: count.events + 1, lastSeq: seq }
    }
  }
  naive.mentions.sort()
  return naive
}

/** What the tables say of the same. */
async function readStored(owner: Sql, tenantId: string): Promise<Naive & { spans: Set<string> }> {
  const references = await owner`
    select id, origin, role, type, name, parent, identity, ref_id as "refId", events::int as events,
      last_seq::int as "lastSeq" from ledger_references where tenant_id = ${tenantId}`
  const texts = new Map(references.map((row) => [row.id, referenceText(row as never)]))
  const mentions: string[] = []
  const spans = new Set<string>()
  for (const row of await owner`select * from ledger_mentions where tenant_id = ${tenantId} order by chunk`)
    for (const side of ['actors', 'targets'] as const) {
      let before = -1
      eachMention(row[side], (place, reference) => {
        expect(place).toBeGreaterThanOrEqual(before)
        before = place
        mentions.push(`${row.chunk * CHUNK_EVENTS + place} ${texts.get(reference)}`)
        spans.add(`${reference} ${row.chunk}`)
      })
    }
  const counts = Object.fromEntries(
    references.map(({ id, events, lastSeq }) => [texts.get(id), { events, lastSeq }]),
  )
  return { mentions: mentions.sort(), counts, spans }
}

/**
 * Mentions and counters are what a naive count of the trail gives; spans have all of them; and current matches are what
 * matching all references from scratch gives. `withLastSeq` false: after an erasure `last_seq` may be an event that lost it.
 */
export async function expectExact(owner: Sql, scope: TenantScope, withLastSeq = true): Promise<void> {
  const { tenantId } = scope
  const [state] = await owner`
    select first_seq::int as first, next_seq::int as next, generation::int as generation, next_reference as "nextReference"
    from matching_state where tenant_id = ${tenantId}`
  const naive = await countNaively(owner, tenantId, state?.first, state?.next)
  const stored = await readStored(owner, tenantId)
  expect(stored.mentions).toEqual(naive.mentions)
  const plain = (counts: Naive['counts']) =>
    withLastSeq
      ? counts
      : Object.fromEntries(Object.entries(counts).map(([text, { events }]) => [text, events]))
  expect(plain(stored.counts)).toEqual(plain(naive.counts))
  const spans = new Set<string>()
  for (const row of await owner`select reference_id, span, chunks::text as chunks from ledger_spans
      where tenant_id = ${tenantId}`)
    for (let bit = 0; bit < SPAN_CHUNKS; bit++)
      if ((BigInt(row.chunks) >> BigInt(bit)) & 1n)
        spans.add(`${row.reference_id} ${row.span * SPAN_CHUNKS + bit}`)
  expect([...stored.spans].filter((one) => !spans.has(one))).toEqual([])
  await inTenant(scope, async (tx) => {
    const references = await readReferences(tx, tenantId, 1, 1_000_000)
    const found = await findMatches(tx, tenantId, await readPoliciesInForce(tx, tenantId), references)
    const current = await readCurrentMatches(tx, tenantId, 1, state?.nextReference)
    for (const [i, reference] of references.entries()) {
      const now = found[i] as (typeof found)[number]
      expect(compareMatches(current.get(reference.id) ?? [], now)).toEqual({ superseded: [], added: [] })
      expect(reference.state).toBe(stateOf(now))
      current.delete(reference.id)
    }
    expect([...current.keys()]).toEqual([])
  })
  const [bad] = await owner`
    select count(*)::int as n from ledger_matches m join matching_state s on s.tenant_id = m.tenant_id
    where m.tenant_id = ${tenantId} and (m.since > s.generation or m.until > s.generation or m.until <= m.since
      or (m.until is null) <> (m.superseded_at is null))`
  expect(bad?.n).toBe(0)
}
