import { isIP } from 'node:net'
import type { EventInput } from '@/lib/event/event-input'
import type { StoredEvent } from '@/lib/event/stored-event'
import { compact } from './outgoing-event'
import { isNamed, type Person, type Subject, subjectOf, type Target } from './subjects'

type Actor = NonNullable<EventInput['actor']> & Person
type Members = Record<string, unknown>

/** `type_id` of a user; everything else is 99 with the word itself beside. */
const USER_TYPES = new Map([
  ['user', 1],
  ['admin', 2],
  ['system', 3],
  ['service', 4],
])
/** `type_id` of a managed entity. */
const ENTITY_TYPES: Partial<Record<Subject, number>> = {
  device: 1,
  user: 2,
  group: 3,
  organization: 4,
  policy: 5,
}

const typed = (type: string | undefined, known: number | undefined) =>
  type === undefined ? {} : { type, type_id: known ?? 99 }

/** A user must have a name or a uid; without either there is none. */
export function ocsfUser(actor: Actor): Members | undefined {
  const { login, identity, id, repository, type } = actor
  const name = login ?? identity
  if (name === undefined && id === undefined) return undefined
  const fullName = login === undefined ? undefined : identity
  return compact({
    name,
    uid: id,
    // What the event says of the person goes on being said.
    ...(actor.fullName === undefined
      ? { full_name: fullName }
      : { full_name: actor.fullName, uid_alt: fullName }),
    domain: repository,
    org: orgOf(actor),
    ...typed(type, USER_TYPES.get(type?.toLowerCase() ?? '')),
  })
}

const orgOf = ({ organisation }: Person) => (organisation === undefined ? undefined : { name: organisation })

export const ocsfTargetUser = ({ name, id, parent, fullName, organisation }: Target) =>
  compact({ name, uid: id, full_name: fullName, domain: parent, org: orgOf({ organisation }) })

/** Who did it: OCSF wants a user, a session or an application. */
export function ocsfActor({ actor }: StoredEvent): Members | undefined {
  if (!actor) return undefined
  const session = actor.sessionId === undefined ? undefined : { uid: actor.sessionId }
  return compact({ user: ocsfUser(actor), session })
}

const isAddress = (text: string | undefined): text is string => text !== undefined && isIP(text) !== 0

/** From where: the actor's address, which may be masked and is a name then, and the place that the event names. */
export function ocsfSource({ actor, source }: StoredEvent): Members | undefined {
  const place = isAddress(source) ? undefined : source
  const [ip, name] = [actor?.ip, source].filter(isAddress)
  const masked = isAddress(actor?.ip) ? undefined : actor?.ip
  return compact({ ip, name: masked ?? name, hostname: place })
}

export function ocsfDestination({ destination }: StoredEvent): Members | undefined {
  return compact(isAddress(destination) ? { ip: destination } : { hostname: destination })
}

export function ocsfEntity(target: Target): Members {
  const { name, id, type } = target
  const subject = subjectOf(target)
  return { ...compact({ name, uid: id, ...typed(type, subject && ENTITY_TYPES[subject]) }) }
}

export const ocsfGroup = ({ name, id, type, parent }: Target) =>
  compact({ name, uid: id, type, domain: parent })

export function ocsfResources(targets: readonly Target[] = []): Members[] | undefined {
  const named = targets.filter(isNamed)
  if (named.length === 0) return undefined
  return named.map(({ name, id, type }) => ({ ...compact({ name, uid: id, type }) }))
}
