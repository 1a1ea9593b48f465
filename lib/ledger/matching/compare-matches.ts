import type { MatchedEntity, ShownEntity } from '@/lib/ledger/matched/matched-event'
import type { Found } from './find-matches'
import type { CurrentMatch } from './read-current-matches'
import type { Segment } from './segment'

const entityKey = (entity: ShownEntity | undefined) =>
  entity && [entity.id, entity.type, entity.key, entity.display]

const shownKey = (shown: MatchedEntity | null) =>
  shown && [
    shown.id,
    shown.type,
    shown.key,
    shown.display,
    entityKey(shown.identity),
    entityKey(shown.organisation),
    shown.candidates?.map(entityKey),
  ]

type Comparable = Pick<
  CurrentMatch,
  'validFrom' | 'validTo' | 'entityId' | 'candidates' | 'identityId' | 'organisationId' | 'shown'
> & { policyId: string; ruleId: string }

/**
 * Equal for matches of the same meaning. Versions are none of it: a match that a new version of its rule or policy would
 * make, too, stays, and goes on naming the version that made it.
 */
const keyOf = (match: Comparable): string =>
  JSON.stringify([
    match.validFrom,
    match.validTo,
    match.entityId,
    match.candidates,
    match.identityId,
    match.organisationId,
    match.policyId,
    match.ruleId,
    shownKey(match.shown),
  ])

/** What of a reference's matches no longer holds, and what holds that isn't there. */
export function compareMatches(
  current: readonly CurrentMatch[],
  { policy, segments }: Found,
): { superseded: number[]; added: Segment[] } {
  if (policy === null) return { superseded: current.map(({ id }) => id), added: [] }
  const stored = new Map(current.map((match) => [keyOf(match), match.id]))
  const added: Segment[] = []
  for (const segment of segments) {
    const key = keyOf({
      ...segment,
      validFrom: segment.validFrom?.getTime() ?? null,
      validTo: segment.validTo?.getTime() ?? null,
      policyId: policy.id,
    })
    if (!stored.delete(key)) added.push(segment)
  }
  return { superseded: [...stored.values()], added }
}
