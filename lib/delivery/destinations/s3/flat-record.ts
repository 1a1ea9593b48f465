import type { ForwardedEvent } from '@/lib/delivery/forwarded-event'
import { matchedName, matchedOrganisation, sentenceOf } from '@/lib/delivery/matched-names'
import type { StoredEvent } from '@/lib/event/stored-event'
import type { MatchedEvent } from '@/lib/ledger/matched/matched-event'

/** All values are text, and all keys are always there; what an event does not say is empty. */
export type FlatRecord = Record<string, string>

type Party = NonNullable<StoredEvent['actor']>
type Target = NonNullable<StoredEvent['targets']>[number]

const DEVICE_TARGETS = new Set([
  'device',
  'asset',
  'endpoint',
  'computer',
  'host',
  'machine',
  'workstation',
  'appliance',
])
const PERSON_TARGETS = new Set(['user', 'account', 'person', 'member', 'identity'])

const targetAmong = ({ targets = [] }: StoredEvent, types: ReadonlySet<string>) =>
  targets.find(({ type }) => type !== undefined && types.has(type.toLowerCase()))

const nameOf = ({ identity, login, id }: Party) => identity ?? login ?? id
const mailOf = ({ login, identity, id }: Party) =>
  [login, identity, id].find((value) => value !== undefined && /^[^\s@]+@[^\s@]+$/.test(value))

/** `USER_LOGGED_IN` and `signed in` as the names of log types are written: `user_logged_in`, `signed_in`. */
const toLogType = (text: string) =>
  text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '_')
    .replace(/^_|_$/g, '')

const capitalised = (text: string) => `${text.slice(0, 1).toUpperCase()}${text.slice(1)}`

function deviceRecord(event: StoredEvent, device: Target, details: string): FlatRecord {
  const { custom = {}, actor } = event
  const person = targetAmong(event, PERSON_TARGETS)
  return {
    log_type: toLogType(event.code ?? event.action),
    device_name: device.name ?? device.id ?? '',
    device_id: device.id ?? '',
    last_seen: custom.last_seen ?? event.occurredAt,
    device_group: custom.device_group ?? device.parent ?? '',
    details,
    type: 'Device',
    device_username: custom.device_username ?? person?.name ?? person?.id ?? (actor && nameOf(actor)) ?? '',
    timestamp: event.occurredAt,
  }
}

function accountRecord(event: StoredEvent, details: string): FlatRecord {
  const { actor = {} } = event
  return {
    log_type: toLogType(event.code ?? event.action),
    details,
    admin_name: nameOf(actor) ?? '',
    type: 'Account',
    event: event.codeLabel ?? capitalised(event.action),
    admin_email: mailOf(actor) ?? '',
    timestamp: event.occurredAt,
  }
}

function matchedRecord({ actor, targets }: MatchedEvent): FlatRecord {
  const target = targets?.[0]
  return {
    'matched.actor.display': matchedName(actor) ?? '',
    'matched.actor.key': actor?.key ?? '',
    'matched.actor.organisation': matchedOrganisation(actor) ?? '',
    'matched.target.display': matchedName(target) ?? '',
    'matched.target.key': target?.key ?? '',
  }
}

/**
 * The few keys that collectors of device and account logs know, in their usual order. An event with a device among
 * its targets is a device's; every other one is an account's: who did it. `log_type` is the event type's code, else
 * the action, and `event` says it in words; group, user and last contact of a device are taken from
 * `custom.device_group`, `custom.device_username` and `custom.last_seen`, else from the targets, the actor, the time.
 * Keys that begin with `matched.` are there where the destination carries what the ledger knows.
 */
export function toFlatRecord({ body, occurredAt, matched }: ForwardedEvent): FlatRecord {
  const event = { ...(JSON.parse(body) as StoredEvent), occurredAt }
  const device = targetAmong(event, DEVICE_TARGETS)
  const details = sentenceOf(event, matched)
  const record = device ? deviceRecord(event, device, details) : accountRecord(event, details)
  return matched ? { ...record, ...matchedRecord(matched) } : record
}
