import type { StoredEvent } from '@/lib/event/stored-event'
import {
  ocsfActor,
  ocsfDestination,
  ocsfEntity,
  ocsfGroup,
  ocsfResources,
  ocsfSource,
  ocsfTargetUser,
  ocsfUser,
} from './ocsf-objects'
import { findTarget, isNamed } from './subjects'
import { type Verb, verbOf } from './verbs'

/** A class of OCSF 1.6.0 with what it wants of an event beside what all classes want. */
export type OcsfClass = {
  uid: number
  name: string
  /** `activity_id`; 99 is one that the class doesn't know. */
  activity: number
  members: Record<string, unknown>
}

type Activities = Partial<Record<Verb, number>>
type Choice = (event: StoredEvent, verb: Verb | undefined) => OcsfClass | undefined

const OTHER = 99
const activityOf = (activities: Activities, verb: Verb | undefined) => (verb && activities[verb]) ?? OTHER

/** What every class but the base event may have. */
const surroundings = (event: StoredEvent) => ({
  actor: ocsfActor(event),
  src_endpoint: ocsfSource(event),
  http_request: event.actor?.userAgent === undefined ? undefined : { user_agent: event.actor.userAgent },
})

const AUTHENTICATIONS: Activities = { logon: 1, logoff: 2 }

const authentication: Choice = (event, verb) => {
  if (verb !== 'logon' && verb !== 'logoff') return undefined
  const target = findTarget(event.targets, 'user')
  const user = target ? ocsfTargetUser(target) : event.actor && ocsfUser(event.actor)
  if (!user) return undefined
  const { sessionId } = event.actor ?? {}
  return {
    uid: 3002,
    name: 'Authentication',
    activity: activityOf(AUTHENTICATIONS, verb),
    members: {
      ...surroundings(event),
      user,
      session: sessionId === undefined ? undefined : { uid: sessionId },
      // One of the two is required; the log that tells of the sign-in is the least that is known.
      service: { name: event.dataSource ?? event.type },
      dst_endpoint: ocsfDestination(event),
    },
  }
}

const USER_ACCESSES: Activities = { grant: 1, add: 1, revoke: 2, remove: 2, delete: 2 }

const userAccess: Choice = (event, verb) => {
  const user = findTarget(event.targets, 'user')
  const role = findTarget(event.targets, 'role')
  const activity = verb && USER_ACCESSES[verb]
  if (!user || !role || !activity) return undefined
  return {
    uid: 3005,
    name: 'User Access Management',
    activity,
    members: {
      ...surroundings(event),
      user: ocsfTargetUser(user),
      privileges: [role.name ?? role.id],
    },
  }
}

const GROUP_CHANGES: Activities = { create: 6, delete: 5, grant: 1, revoke: 2 }
const MEMBER_CHANGES: Activities = { add: 3, grant: 3, remove: 4, revoke: 4 }

const groupManagement: Choice = (event, verb) => {
  const group = findTarget(event.targets, 'group')
  if (!group) return undefined
  const user = findTarget(event.targets, 'user')
  return {
    uid: 3006,
    name: 'Group Management',
    activity: activityOf(user ? MEMBER_CHANGES : GROUP_CHANGES, verb),
    members: { ...surroundings(event), group: ocsfGroup(group), user: user && ocsfTargetUser(user) },
  }
}

const ACCOUNT_CHANGES: Activities = {
  create: 1,
  add: 1,
  enable: 2,
  disable: 5,
  delete: 6,
  remove: 6,
  lock: 9,
  unlock: 12,
}
const PASSWORD = /passwor[dt]/i

const accountChange: Choice = (event, verb) => {
  const user = findTarget(event.targets, 'user')
  if (!user || verb === 'read') return undefined
  const isAboutPassword = PASSWORD.test(`${event.action} ${event.code ?? ''}`)
  const byPassword = verb === 'reset' ? 4 : verb === 'update' ? 3 : undefined
  return {
    uid: 3001,
    name: 'Account Change',
    activity: (isAboutPassword ? byPassword : undefined) ?? activityOf(ACCOUNT_CHANGES, verb),
    members: { ...surroundings(event), user: ocsfTargetUser(user) },
  }
}

const ENTITY_CHANGES: Activities = {
  create: 1,
  add: 1,
  read: 2,
  update: 3,
  reset: 3,
  delete: 4,
  remove: 4,
  enable: 8,
  disable: 9,
}

const entityManagement: Choice = (event, verb) => {
  const entity = event.targets?.find(isNamed)
  if (!entity) return undefined
  return {
    uid: 3004,
    name: 'Entity Management',
    activity: activityOf(ENTITY_CHANGES, verb),
    members: { ...surroundings(event), entity: ocsfEntity(entity) },
  }
}

const API_ACTIVITIES: Activities = { create: 1, add: 1, read: 2, update: 3, reset: 3, delete: 4, remove: 4 }

const apiActivity: Choice = (event, verb) => {
  const { actor, src_endpoint, http_request } = surroundings(event)
  if (!actor || !src_endpoint) return undefined
  return {
    uid: 6003,
    name: 'API Activity',
    activity: activityOf(API_ACTIVITIES, verb),
    members: {
      actor,
      src_endpoint,
      http_request,
      dst_endpoint: ocsfDestination(event),
      api: compactApi(event),
      resources: ocsfResources(event.targets),
    },
  }
}

const compactApi = ({ action, dataSource }: StoredEvent) =>
  dataSource === undefined ? { operation: action } : { operation: action, service: { name: dataSource } }

/** The most telling first; each needs what its class requires, and what no class can hold is a base event. */
const CHOICES: readonly Choice[] = [
  authentication,
  userAccess,
  groupManagement,
  accountChange,
  entityManagement,
  apiActivity,
]

/** The OCSF class that says most about an event. */
export function ocsfClassOf(event: StoredEvent): OcsfClass {
  const verb = verbOf(event.action, event.code)
  for (const choose of CHOICES) {
    const chosen = choose(event, verb)
    if (chosen) return chosen
  }
  return { uid: 0, name: 'Base Event', activity: OTHER, members: {} }
}
