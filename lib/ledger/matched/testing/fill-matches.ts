import { randomUUID } from 'node:crypto'
import type { Sql } from 'postgres'
import type { EventInput } from '@/lib/event/event-input'
import type { EntityType } from '@/lib/ledger/entity-types'
import { foldText } from '@/lib/ledger/fold-text'
import {
  type Reference,
  referenceDigest,
  referencesOf,
  referenceText,
} from '@/lib/ledger/matching/references-of'
import { CHUNK_EVENTS, encodeMentions, type Mention, SPAN_CHUNKS } from '@/lib/ledger/mentions/layout'

/** An entity of a made ledger; `above` are organisations over it, each in a period of milliseconds since 1970. */
export type MadeEntity = {
  id: string
  type: EntityType
  key: string
  above?: { key: string; from: number | null; to: number | null }[]
}

/** What a reference meant; of superseded ones `isOld`, of ambiguous ones without entity. */
export type MadeMatch = {
  from: number | null
  to: number | null
  entity: MadeEntity | null
  identity?: MadeEntity
  organisation?: MadeEntity
  isOld?: boolean
}

export const madeEntity = (type: EntityType, key: string, above?: MadeEntity['above']): MadeEntity => ({
  id: randomUUID(),
  type,
  key,
  ...(above && { above }),
})

const iso = (ms: number | null) => (ms === null ? null : new Date(ms).toISOString())
const shownOf = ({ id, type, key }: MadeEntity) => ({ id, type, key, display: `The ${key}` })
const BY = {
  policy: { id: '00000000-0000-4000-8000-000000000001', version: 1 },
  rule: { id: '00000000-0000-4000-8000-000000000002', version: 1, name: 'made' },
}

async function insertAll(owner: Sql, table: string, rows: readonly object[]): Promise<void> {
  for (let at = 0; at < rows.length; at += 1000)
    await owner`insert into ${owner(table)} ${owner(rows.slice(at, at + 1000) as Record<string, string>[])}`
}

async function fillEntities(owner: Sql, tenantId: string, entities: readonly MadeEntity[]): Promise<void> {
  const tenant = { tenant_id: tenantId }
  const made = entities.map((entity) => ({
    entity,
    records: (entity.above ?? [{ key: null, from: null, to: null }]).map((above) => ({
      id: randomUUID(),
      above,
    })),
  }))
  await insertAll(
    owner,
    'ledger_entities',
    entities.map(({ id, type, key }) => ({ ...tenant, id, type, key, key_fold: foldText(key) })),
  )
  await insertAll(
    owner,
    'ledger_records',
    made.flatMap(({ entity, records }) =>
      records.map(({ id, above }) => ({
        ...tenant,
        id,
        entity_id: entity.id,
        valid_from: iso(above.from),
        valid_to: iso(above.to),
        display_name: `The ${entity.key}`,
        attributes: owner.json({}),
      })),
    ),
  )
  await insertAll(
    owner,
    'ledger_values',
    made.flatMap(({ entity, records }) =>
      records.flatMap(({ id, above }) =>
        above.key === null
          ? []
          : [{ ...tenant, type: entity.type, name: 'parent', fold: foldText(above.key), record_id: id }],
      ),
    ),
  )
}

/** A trail's events that are matched, in their order, with what `matchesOf` says of each name. */
export type MadeTrail = {
  tenantId: string
  origin: string
  entities: readonly MadeEntity[]
  events: Iterable<EventInput>
  matchesOf: (reference: Reference) => readonly MadeMatch[]
}

/** Writes what matching would have written: references, matches, mentions, spans and the state. */
export async function fillMatches(owner: Sql, trail: MadeTrail): Promise<void> {
  const { tenantId, origin } = trail
  const tenant = { tenant_id: tenantId }
  await fillEntities(owner, tenantId, trail.entities)
  const known = new Map<string, { id: number; reference: Reference; events: number; lastSeq: number }>()
  const chunks: { actors: Mention[]; targets: Mention[] }[] = []
  const spans = new Map<string, bigint>()
  let seq = 0
  const mention = (reference: Reference | null, column: 'actors' | 'targets') => {
    if (!reference) return
    const text = referenceText(reference)
    const one = known.get(text) ?? { id: known.size + 1, reference, events: 0, lastSeq: seq }
    known.set(text, one)
    const chunk = Math.floor(seq / CHUNK_EVENTS)
    chunks[chunk] ??= { actors: [], targets: [] }
    chunks[chunk][column].push({ place: seq % CHUNK_EVENTS, reference: one.id })
    const span = `${one.id} ${Math.floor(chunk / SPAN_CHUNKS)}`
    spans.set(span, (spans.get(span) ?? 0n) | (1n << BigInt(chunk % SPAN_CHUNKS)))
    one.events++
    one.lastSeq = seq
  }
  for (const event of trail.events) {
    const { actor, targets } = referencesOf(origin, event)
    mention(actor, 'actors')
    const distinct = new Map(targets.flatMap((target) => (target ? [[referenceText(target), target]] : [])))
    for (const target of distinct.values()) mention(target, 'targets')
    seq++
  }
  const state = {
    ...tenant,
    next_seq: seq,
    next_reference: known.size + 1,
    generation: 2,
    wanted: 1,
    matched: 1,
  }
  await owner`insert into matching_state ${owner(state)}`
  await insertAll(
    owner,
    'ledger_references',
    [...known.entries()].map(([text, { id, reference, events, lastSeq }]) => ({
      ...{ ...tenant, id, digest: referenceDigest(text), origin, role: reference.role, type: reference.type },
      ...{ name: reference.name, parent: reference.parent, identity: reference.identity },
      ...{ ref_id: reference.refId, events, last_seq: lastSeq, state: 'matched' },
    })),
  )
  const matches = [...known.values()].flatMap(({ id, reference }) =>
    trail.matchesOf(reference).map(({ from, to, entity, identity, organisation, isOld }) => ({
      ...{
        ...tenant,
        reference_id: id,
        valid_from: iso(from),
        valid_to: iso(to),
        entity_id: entity?.id ?? null,
      },
      ...{ identity_id: identity?.id ?? null, organisation_id: organisation?.id ?? null },
      shown: owner.json({
        ...(entity ? shownOf(entity) : { display: reference.name ?? '', candidates: [] }),
        ...(identity && { identity: shownOf(identity) }),
        ...(organisation && { organisation: shownOf(organisation) }),
        ...BY,
      }),
      ...{ policy_id: BY.policy.id, policy_version: 1, entry: 0, rule_id: BY.rule.id, rule_version: 1 },
      ...{ since: isOld ? 1 : 2, until: isOld ? 2 : null },
    })),
  )
  await insertAll(owner, 'ledger_matches', matches)
  await insertAll(
    owner,
    'ledger_mentions',
    chunks.flatMap((chunk, i) =>
      chunk
        ? [
            {
              ...tenant,
              chunk: i,
              actors: encodeMentions(chunk.actors),
              targets: encodeMentions(chunk.targets),
            },
          ]
        : [],
    ),
  )
  await insertAll(
    owner,
    'ledger_spans',
    [...spans].map(([text, bits]) => {
      const [reference, span] = text.split(' ')
      return {
        ...tenant,
        reference_id: Number(reference),
        span: Number(span),
        chunks: BigInt.asIntN(64, bits).toString(),
      }
    }),
  )
}
