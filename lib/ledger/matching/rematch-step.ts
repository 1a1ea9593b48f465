import { sql } from 'drizzle-orm'
import type { Transaction } from '@/db/client'
import type { TenantScope } from '@/lib/access/scope'
import { recordEvent } from '@/lib/audit/record-event'
import { compareMatches } from './compare-matches'
import { findMatches, type ReferenceState, stateOf } from './find-matches'
import { type MatchingState, writeMatchingState } from './matching-state'
import { readPoliciesInForce } from './policies-in-force'
import { readCurrentMatches } from './read-current-matches'
import { insertMatches, supersedeMatches } from './write-matches'
import { readReferences, writeReferenceStates } from './write-references'

/** References of one transaction: some 60 ms. */
const REMATCH_REFERENCES = 1024

export type Rematched = { references: number; changed: number }

/**
 * Matches the next references again, and writes what is different now. A change of the ledger that comes meanwhile waits
 * until all are done: then it begins again. So each pass ends, however often the ledger changes.
 */
export async function rematchStep(
  tx: Transaction,
  scope: TenantScope,
  found: MatchingState,
): Promise<Rematched> {
  const state = found.rematching === null ? begun(found) : found
  const { tenantId, generation } = state
  const references = await readReferences(tx, tenantId, state.rematchNext, REMATCH_REFERENCES)
  const changes = await findChanges(tx, tenantId, references)
  const next = generation + 1
  await supersedeMatches(tx, tenantId, next, changes.superseded)
  await insertMatches(tx, tenantId, next, changes.added)
  await writeReferenceStates(tx, tenantId, changes.states)
  const last = references.at(-1)
  const progress = {
    ...state,
    generation: changes.changed > 0 ? next : generation,
    rematchNext: last ? last.id + 1 : state.rematchNext,
    rematchChanged: state.rematchChanged + changes.changed,
  }
  const isDone = references.length < REMATCH_REFERENCES
  const { tenantId: _, ...written } = isDone ? ended(progress) : progress
  await writeMatchingState(tx, tenantId, written)
  if (isDone && state.rematchTotal > 0) await tell(tx, scope, progress)
  return { references: references.length, changed: changes.changed }
}

const begun = (state: MatchingState): MatchingState => ({
  ...state,
  rematching: state.wanted,
  rematchSince: new Date(),
  rematchNext: 1,
  rematchTotal: state.nextReference - 1,
  rematchChanged: 0,
})

const ended = (state: MatchingState): MatchingState => ({
  ...state,
  matched: state.rematching ?? state.matched,
  matchedAt: new Date(),
  rematching: null,
  rematchSince: null,
})

type Changes = {
  /** References with another meaning. */
  changed: number
  superseded: number[]
  added: Parameters<typeof insertMatches>[3][number][]
  states: Map<number, ReferenceState>
}

async function findChanges(
  tx: Transaction,
  tenantId: string,
  references: Awaited<ReturnType<typeof readReferences>>,
): Promise<Changes> {
  const changes: Changes = { changed: 0, superseded: [], added: [], states: new Map() }
  const first = references[0]
  const last = references.at(-1)
  if (!first || !last) return changes
  const policyOf = await readPoliciesInForce(tx, tenantId)
  const found = await findMatches(tx, tenantId, policyOf, references)
  const current = await readCurrentMatches(tx, tenantId, first.id, last.id)
  for (const [i, reference] of references.entries()) {
    const now = found[i] as (typeof found)[number]
    const state = stateOf(now)
    if (state !== reference.state) changes.states.set(reference.id, state)
    const { superseded, added } = compareMatches(current.get(reference.id) ?? [], now)
    if (superseded.length + added.length === 0) continue
    changes.changed++
    changes.superseded.push(...superseded)
    if (added.length > 0) changes.added.push({ id: reference.id, policy: now.policy, segments: added })
  }
  return changes
}

async function tell(tx: Transaction, scope: TenantScope, state: MatchingState): Promise<void> {
  const [counts] = await tx.execute<Record<ReferenceState, number>>(sql`
    select count(*) filter (where state = 'matched')::int as matched,
      count(*) filter (where state = 'ambiguous')::int as ambiguous,
      count(*) filter (where state = 'unmatched')::int as unmatched,
      count(*) filter (where state = 'off')::int as off
    from ledger_references where tenant_id = ${state.tenantId}`)
  await recordEvent(tx, scope, 'MATCHING_REPEATED', {
    data: { reason: state.reason, changed: state.rematchChanged, ...counts },
  })
}
