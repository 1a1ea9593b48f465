import { sql } from 'drizzle-orm'
import type { Transaction } from '@/db/client'
import type { MentionCondition, MentionSide, Range } from '@/lib/ledger/mentions/mention-condition'
import { ENTITY_CHOICES, hasEntityChoice, type TrailFilter } from '@/lib/trail/filter'
import { findNamed } from './find-named'
import { findReferences } from './find-references'
import { ReferenceSet } from './reference-set'

/** A filter whose entities were looked up: what is left of it, and what the mentions must say of an event that passes. */
export type ResolvedFilter = { filter: TrailFilter; mentions: MentionCondition | null }

const SIDES = {
  actorEntity: { role: 'actor', column: 'actors' },
  targetEntity: { role: 'target', column: 'targets' },
} as const

/** The events that are matched: all of a trail whose tenant doesn't use the ledger, where nobody waits for matches. */
async function readMatchedRange(tx: Transaction, tenantId: string): Promise<Range> {
  const [state] = await tx.execute<Range>(sql`
    select first_seq::float8 as from, next_seq::float8 as to from matching_state where tenant_id = ${tenantId}`)
  return state ?? { from: 0, to: Number.MAX_SAFE_INTEGER }
}

/**
 * Looks the entities of a filter up, as matches and ledger are in this transaction. Entities that the ledger has not
 * stand for nothing. A filter without entities costs nothing.
 */
export async function resolveFilter(
  tx: Transaction,
  tenantId: string,
  filter: TrailFilter,
): Promise<ResolvedFilter> {
  if (!hasEntityChoice(filter)) return { filter, mentions: null }
  const { actorEntity, targetEntity, ...rest } = filter
  const choices = { actorEntity, targetEntity }
  const values = ENTITY_CHOICES.flatMap((name) => [
    ...(choices[name]?.include ?? []),
    ...(choices[name]?.exclude ?? []),
  ])
  const entities = await findNamed(tx, tenantId, [...new Set(values)])
  const meaning = async (role: 'actor' | 'target', chosen: readonly string[] = []) => {
    if (chosen.length === 0) return null
    const found = chosen.flatMap((value) => entities.get(value) ?? [])
    const references = await findReferences(tx, tenantId, found)
    return new ReferenceSet(references.filter((reference) => reference.role === role))
  }
  const sides: MentionSide[] = []
  for (const name of ENTITY_CHOICES) {
    const { role, column } = SIDES[name]
    const include = await meaning(role, choices[name]?.include)
    const exclude = await meaning(role, choices[name]?.exclude)
    if (include || exclude) sides.push({ column, include, exclude })
  }
  if (sides.length === 0) return { filter: rest, mentions: null }
  return { filter: rest, mentions: { window: await readMatchedRange(tx, tenantId), sides } }
}
