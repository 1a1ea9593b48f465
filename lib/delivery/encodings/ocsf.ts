import type { ForwardedEvent } from '@/lib/delivery/forwarded-event'
import { foundMatches, matchedOrganisation, matchedPerson, sentenceOf } from '@/lib/delivery/matched-names'
import type { StoredEvent } from '@/lib/event/stored-event'
import type { MatchedEntity, MatchedEvent } from '@/lib/ledger/matched/matched-event'
import type { EncodingContext } from './encoding-context'
import { type OcsfClass, ocsfClassOf } from './ocsf-class'
import { compact, readOutgoing } from './outgoing-event'
import { SEVERITIES } from './severities'
import type { Person } from './subjects'

/** The last one in which `metadata.uid` is the id that the source gave; receivers had a year to learn it. */
export const OCSF_VERSION = '1.6.0'

const STATUSES = { success: { id: 1, name: 'Success' }, fail: { id: 2, name: 'Failure' } }
const UNKNOWN_STATUS = { id: 0, name: 'Unknown' }

const metadataOf = (event: StoredEvent, tenant: string) => ({
  version: OCSF_VERSION,
  product: { name: 'Spoor', vendor_name: 'Spoor' },
  uid: event.id,
  sequence: event.seq,
  tenant_uid: tenant,
  log_name: event.type,
  log_level: event.level,
  ...compact({ log_provider: event.dataSource, event_code: event.code }),
  original_time: event.occurredAt,
  logged_time: Date.parse(event.receivedAt),
})

/** What stands elsewhere in the object, whole. */
const MAPPED = [
  ...['type', 'level', 'status', 'code', 'message', 'occurredAt', 'count', 'dataSource'],
  ...['id', 'seq', 'receivedAt'],
]

/** What only some classes have a place for: our name for it, and where it is. */
function mappedBy(members: OcsfClass['members']): string[] {
  const { actor, src_endpoint, dst_endpoint } = members as Record<string, { user?: unknown } | undefined>
  return [
    // Of an actor without a name, OCSF makes no user.
    ...(actor?.user ? ['actor'] : []),
    ...(src_endpoint ? ['source'] : []),
    ...(dst_endpoint ? ['destination'] : []),
  ]
}

const personOf = (match: MatchedEntity | null | undefined): Person => ({
  fullName: matchedPerson(match),
  organisation: matchedOrganisation(match),
})

/** The event with what the ledger says of its parties, for the classes to put where users are. */
function withPersons(event: StoredEvent, matched: MatchedEvent | undefined): StoredEvent {
  if (!matched) return event
  const { actor, targets } = event
  return {
    ...event,
    ...(actor && { actor: { ...actor, ...personOf(matched.actor) } }),
    ...(targets && {
      targets: targets.map((target, place) => ({ ...target, ...personOf(matched.targets?.[place]) })),
    }),
  }
}

/** Everything that has no place of its own, under our names. */
function unmappedOf(event: StoredEvent, members: OcsfClass['members'], others: Record<string, unknown>) {
  const mapped = new Set([...MAPPED, ...mappedBy(members)])
  const rest = Object.entries({ ...event, ...others }).filter(([name]) => !mapped.has(name))
  return compact(Object.fromEntries(rest))
}

/** An event as one object of the Open Cybersecurity Schema Framework, version 1.6.0. Pure. */
export function toOcsf(forwarded: ForwardedEvent, { tenant, checkpoint }: EncodingContext): string {
  const { matched } = forwarded
  const event = readOutgoing(forwarded)
  const { uid, name, activity, members } = ocsfClassOf(withPersons(event, matched))
  const status = event.status ? STATUSES[event.status] : UNKNOWN_STATUS
  const severity = SEVERITIES[event.level]
  return JSON.stringify({
    class_uid: uid,
    class_name: name,
    category_uid: Math.floor(uid / 1000),
    activity_id: activity,
    activity_name: activity === 99 ? event.action : undefined,
    type_uid: uid * 100 + activity,
    time: Date.parse(event.occurredAt),
    severity_id: severity.ocsf,
    severity: severity.ocsfName,
    status_id: status.id,
    status: status.name,
    message: sentenceOf(event, matched),
    count: event.count,
    metadata: metadataOf(event, tenant),
    ...members,
    unmapped: unmappedOf(event, members, { checkpoint, matched: foundMatches(matched) }),
  })
}
