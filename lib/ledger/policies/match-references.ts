import type { Transaction } from '@/db/client'
import type { MatchedEntity } from '@/lib/ledger/matched/matched-event'
import type { PolicyInForce } from '@/lib/ledger/matching/policies-in-force'
import type { Reference } from '@/lib/ledger/matching/references-of'
import type { Segment } from '@/lib/ledger/matching/segment'
import type { LedgerRecord } from '@/lib/ledger/rules/ledger-record'
import { type CompiledPolicy, compilePolicy } from './compile-policy'
import { findCandidates } from './find-candidates'
import { LinkedEntities } from './linked-entities'
import { displayOf, namedWith, organisationOf, personOf, toShown } from './show-record'
import { cutPeriod, findWinners, holdsAlways, type Period, type Winner } from './winners'

/** Entities that are named where several fit. */
const MAX_CANDIDATES = 10

/** References of one slice: while the database looks up the next one, this process is at the one before. */
const SLICE = 512

/**
 * What references mean by a policy and the ledger as it is, in their order: periods of `occurredAt` that don't overlap,
 * in the order of time, none where nothing is found. In a transaction of the tenant; hand over thousands at a time.
 */
export async function matchReferences(
  tx: Transaction,
  tenantId: string,
  policy: PolicyInForce,
  references: readonly Reference[],
): Promise<Segment[][]> {
  const compiled = compilePolicy(policy.definition)
  const linked = new LinkedEntities()
  const slices: Promise<Segment[][]>[] = []
  for (let at = 0; at < references.length; at += SLICE)
    slices.push(matchSlice(tx, tenantId, policy, compiled, linked, references.slice(at, at + SLICE)))
  return (await Promise.all(slices)).flat()
}

async function matchSlice(
  tx: Transaction,
  tenantId: string,
  policy: PolicyInForce,
  compiled: CompiledPolicy,
  linked: LinkedEntities,
  references: readonly Reference[],
): Promise<Segment[][]> {
  const found = await findCandidates(tx, tenantId, compiled, references)
  const winners = found.map(findWinners)
  await linked.read(tx, tenantId, winners.flat())
  return winners.map((some, i) => toSegments(policy, references[i] as Reference, some, linked))
}

function toSegments(
  policy: Pick<PolicyInForce, 'id' | 'version'>,
  reference: Reference,
  winners: readonly Winner[],
  linked: LinkedEntities,
): Segment[] {
  const segments: Segment[] = []
  for (const winner of winners)
    for (const period of cutPeriod(winner, linkedPeriods(winner, linked))) {
      const next = toSegment(policy, reference, winner, period, linked)
      const last = segments.at(-1)
      if (last && goesOn(last, next)) {
        last.validTo = next.validTo
        last.named = unite(last.named, next.named)
      } else segments.push(next)
    }
  return segments
}

/** When anything begins or ends with which the found entities are shown; without what always holds. */
function linkedPeriods({ entry, records }: Winner, linked: LinkedEntities): Period[] {
  const periods: Period[] = []
  for (const record of records)
    for (const near of linked.around(record, entry.links)) if (!holdsAlways(near)) periods.push(near)
  return periods
}

const toDate = (ms: number): Date | null => (Number.isFinite(ms) ? new Date(ms) : null)

// Objects are written out: to spread them takes several microseconds a name.
function toSegment(
  policy: Pick<PolicyInForce, 'id' | 'version'>,
  reference: Reference,
  { entry, records }: Winner,
  period: Period,
  linked: LinkedEntities,
): Segment {
  const { place, ruleId, ruleName, ruleVersion, display } = entry
  const shown: MatchedEntity = {
    display: '',
    policy: { id: policy.id, version: policy.version },
    rule: { id: ruleId, version: ruleVersion, name: ruleName },
  }
  const segment: Segment = {
    validFrom: toDate(period.fromMs),
    validTo: toDate(period.toMs),
    entityId: null,
    candidates: null,
    identityId: null,
    organisationId: null,
    named: null,
    shown,
    entry: place,
    ruleId,
    ruleVersion,
  }
  if (records.length > 1) {
    const some = records.slice(0, MAX_CANDIDATES).map((record) => ({ record, linked, period }))
    const candidates = some.map((sight) => ({
      ...toShown(sight.record),
      display: displayOf(display, sight, reference),
    }))
    shown.type = entry.rule.entityType
    shown.display = reference.name ?? reference.identity ?? reference.refId ?? ''
    shown.candidates = candidates
    segment.candidates = candidates.map(({ id }) => id)
    segment.named = unite(...some.map((sight) => namedWith(sight, entry.links)))
    return segment
  }
  const record = records[0] as LedgerRecord
  const sight = { record, linked, period }
  shown.id = segment.entityId = record.entityId
  shown.type = record.type
  shown.key = record.key
  shown.display = displayOf(display, sight, reference)
  const person = personOf(sight)
  if (person) {
    shown.identity = toShown(person)
    segment.identityId = person.entityId
  }
  const organisation = organisationOf(person, sight)
  if (organisation) {
    shown.organisation = toShown(organisation)
    segment.organisationId = organisation.entityId
  }
  segment.named = namedWith(sight, entry.links, person, organisation)
  return segment
}

/** Whether the second only continues the first: they touch, and say the same. */
const goesOn = (a: Segment, b: Segment): boolean =>
  a.validTo?.getTime() === b.validFrom?.getTime() &&
  a.entry === b.entry &&
  JSON.stringify(a.shown) === JSON.stringify(b.shown)

const unite = (...lists: readonly (string[] | null)[]): string[] | null => {
  const ids = new Set(lists.flatMap((list) => list ?? []))
  return ids.size === 0 ? null : [...ids]
}
