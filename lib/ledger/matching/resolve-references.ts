import type { Transaction } from '@/db/client'
import { type MentionColumn, type Touched, touchedBy } from '@/lib/ledger/mentions/write-mentions'
import type { BatchMentions } from './collect-mentions'
import { findMatches, stateOf } from './find-matches'
import type { MatchingState } from './matching-state'
import { readPoliciesInForce } from './policies-in-force'
import { insertMatches } from './write-matches'
import { countReferences, findReferenceIds, insertReferences } from './write-references'

export type Resolved = {
  actors: MentionColumn
  targets: MentionColumn
  touched: Touched[]
  /** Events from it on were left for the next transaction: there were too many new references. */
  cutSeq: number | null
  /** For the cache, once this is committed. */
  found: { text: string; id: number }[]
  /** What becomes of the state. */
  nextReference: number
  generation: number
  matched: number
}

/**
 * Gives all mentions of a batch (of one span) the ids of their references; new ones are stored and matched at once.
 * Undefined where an id that `collectMentions` took from a cache is none any more: again without it.
 */
export async function resolveReferences(
  tx: Transaction,
  state: MatchingState,
  { unknown, ...mentions }: BatchMentions,
  maxNew: number,
): Promise<Resolved | undefined> {
  const { tenantId, nextReference } = state
  const ids = await findReferenceIds(
    tx,
    tenantId,
    unknown.map(({ text }) => text),
  )
  const fresh = unknown.filter((_, place) => ids[place] === undefined)
  const overflow = fresh[maxNew]
  const cutSeq = overflow ? Math.max(overflow.seq, state.nextSeq + 1) : null
  const isIn = (seq: number) => cutSeq === null || seq < cutSeq
  const added = fresh.filter(({ seq }) => isIn(seq)).map((one, i) => ({ ...one, id: nextReference + i }))
  const idOfText = new Map(added.map(({ text, id }) => [text, id]))
  const known = unknown.flatMap(({ text, seq }, place) => {
    const id = ids[place] ?? idOfText.get(text)
    return id !== undefined && isIn(seq) ? [{ text, id }] : []
  })
  const allIds = unknown.map(({ text }, place) => ids[place] ?? idOfText.get(text) ?? 0)
  const settle = ({ seqs, ids: given }: MentionColumn) => {
    const end = cutSeq === null ? -1 : seqs.findIndex((seq) => seq >= cutSeq)
    const count = end === -1 ? seqs.length : end
    return {
      seqs: seqs.slice(0, count),
      ids: given.slice(0, count).map((id) => (id < 0 ? (allIds[-1 - id] as number) : id)),
    }
  }
  const actors = settle(mentions.actors)
  const targets = settle(mentions.targets)
  const touched = touchedBy(actors, targets)
  const old = touched.filter(({ id }) => id < nextReference)
  if ((await countReferences(tx, tenantId, old)) < old.length) return undefined
  const generation = await addReferences(tx, state, added, touched)
  return {
    actors,
    targets,
    touched,
    cutSeq,
    found: known,
    nextReference: nextReference + added.length,
    generation,
    matched: added.length,
  }
}

/** Stores new references with what they mean. Gives the generation by then: the next one if there are matches. */
async function addReferences(
  tx: Transaction,
  { tenantId, generation }: MatchingState,
  added: readonly (BatchMentions['unknown'][number] & { id: number })[],
  touched: readonly Touched[],
): Promise<number> {
  if (added.length === 0) return generation
  const policyOf = await readPoliciesInForce(tx, tenantId)
  const found = await findMatches(
    tx,
    tenantId,
    policyOf,
    added.map(({ reference }) => reference),
  )
  const countOf = new Map(touched.map((one) => [one.id, one]))
  await insertReferences(
    tx,
    tenantId,
    added.map((one, i) => ({
      ...one,
      state: stateOf(found[i] as (typeof found)[number]),
      events: countOf.get(one.id)?.events ?? 0,
      lastSeq: countOf.get(one.id)?.lastSeq ?? one.seq,
    })),
  )
  if (found.every(({ segments }) => segments.length === 0)) return generation
  await insertMatches(
    tx,
    tenantId,
    generation + 1,
    added.map(({ id }, i) => ({ id, ...(found[i] as (typeof found)[number]) })),
  )
  return generation + 1
}
