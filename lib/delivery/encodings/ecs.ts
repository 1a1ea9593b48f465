import { isIP } from 'node:net'
import type { ForwardedEvent } from '@/lib/delivery/forwarded-event'
import { foundMatches, matchedPerson, sentenceOf } from '@/lib/delivery/matched-names'
import type { StoredEvent } from '@/lib/event/stored-event'
import type { MatchedEntity, MatchedEvent } from '@/lib/ledger/matched/matched-event'
import { ecsCategoriesOf } from './ecs-categories'
import type { EncodingContext } from './encoding-context'
import { compact, readOutgoing } from './outgoing-event'
import { SEVERITIES } from './severities'
import { findTarget, type Target } from './subjects'

/** Known to Elasticsearch 8 and 9. */
export const ECS_VERSION = '8.17.0'

const OUTCOMES = { success: 'success', fail: 'failure' }

type Actor = NonNullable<StoredEvent['actor']>

const ecsUser = ({ login, id, identity, repository }: Actor, match?: MatchedEntity) =>
  compact({ name: login, id, full_name: matchedPerson(match) ?? identity, domain: repository })

const ecsTargetUser = ({ name, id, parent }: Target, match: MatchedEntity | null | undefined) =>
  compact({ name, id, full_name: matchedPerson(match), domain: parent })

const ecsGroup = ({ name, id, parent }: Target) => compact({ name, id, domain: parent })

/** `address` takes any text; `ip` only what is an address, or the receiver refuses the whole event. */
function ecsPlace(address: string | undefined, name: string | undefined) {
  const ip = [address, name].find((text) => text !== undefined && isIP(text) !== 0)
  const domain = name !== undefined && isIP(name) === 0 ? name : undefined
  return compact({ address: address ?? name, ip, domain })
}

const unique = (values: (string | undefined)[]) => {
  const present = [...new Set(values.filter((value) => value !== undefined))]
  return present.length > 0 ? present : undefined
}

function relatedOf({ actor, onBehalfOf, source, destination }: StoredEvent, user: Target | undefined) {
  const places = [actor?.ip, onBehalfOf?.ip, source, destination]
  const isAddress = (text: string | undefined) => text !== undefined && isIP(text) !== 0
  return compact({
    user: unique([actor?.login, actor?.id, onBehalfOf?.login, onBehalfOf?.id, user?.name, user?.id]),
    ip: unique(places.filter(isAddress)),
    hosts: unique([source, destination].filter((place) => !isAddress(place))),
  })
}

/** What stands elsewhere in the document, whole. */
const MAPPED = new Set([
  ...['level', 'status', 'code', 'action', 'message', 'occurredAt', 'source', 'destination'],
  ...['dataSource', 'id', 'seq', 'receivedAt', 'leafHash'],
])

/** Under our own name, as ECS asks for fields that it doesn't know. */
function ownFields(event: StoredEvent, matched: MatchedEvent | undefined, checkpoint: string | undefined) {
  const { actor, ...others } = event
  // The ledger's name stands in its place.
  const identity = matchedPerson(matched?.actor) === undefined ? undefined : actor?.identity
  const rest = {
    ...others,
    actor: actor && compact({ type: actor.type, sessionId: actor.sessionId, identity }),
    checkpoint,
    matched: foundMatches(matched),
  }
  return compact(Object.fromEntries(Object.entries(rest).filter(([name]) => !MAPPED.has(name))))
}

/** An event as one document of the Elastic Common Schema. Pure. */
export function toEcs(forwarded: ForwardedEvent, { tenant, checkpoint }: EncodingContext): string {
  const event = readOutgoing(forwarded)
  const { matched } = forwarded
  const { actor, onBehalfOf, targets } = event
  const user = findTarget(targets, 'user')
  const group = findTarget(targets, 'group')
  return JSON.stringify({
    '@timestamp': forwarded.occurredAt,
    ecs: { version: ECS_VERSION },
    message: sentenceOf(event, matched),
    event: {
      kind: 'event',
      ...ecsCategoriesOf(event),
      id: event.id,
      sequence: event.seq,
      action: event.action,
      code: event.code,
      outcome: event.status ? OUTCOMES[event.status] : 'unknown',
      severity: SEVERITIES[event.level].cef,
      created: event.receivedAt,
      module: 'spoor',
      dataset: `spoor.${event.type}`,
      provider: event.dataSource,
      hash: event.leafHash,
    },
    log: { level: event.level },
    organization: { name: tenant },
    user: compact({
      ...(actor && ecsUser(actor, matched?.actor)),
      effective: onBehalfOf && ecsUser(onBehalfOf),
      target: user && ecsTargetUser(user, matched?.targets?.[targets?.indexOf(user) ?? -1]),
    }),
    group: group && ecsGroup(group),
    source: ecsPlace(actor?.ip, event.source),
    destination: ecsPlace(undefined, event.destination),
    user_agent: actor?.userAgent === undefined ? undefined : { original: actor.userAgent },
    related: relatedOf(event, user),
    spoor: ownFields(event, matched, checkpoint),
  })
}
