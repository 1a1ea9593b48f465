import type { ForwardedEvent } from '@/lib/delivery/forwarded-event'
import { sentence } from '@/lib/event/sentence'
import type { StoredEvent } from '@/lib/event/stored-event'

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

function deviceRecord(event: StoredEvent, device: Target): FlatRecord {
  const { custom = {}, actor } = event
  const person = targetAmong(event, PERSON_TARGETS)
  return {
    log_type: toLogType(event.code ?? event.action),
    device_name: device.name ?? device.id ?? '',
    device_id: device.id ?? '',
    last_seen: custom.last_seen ?? event.occurredAt,
    device_group: custom.device_group ?? device.parent ?? '',
    details: sentence(event),
    type: 'Device',
    device_username: custom.device_username ?? person?.name ?? person?.id ?? (actor && nameOf(actor)) ?? '',
    timestamp: event.occurredAt,
  }
}

function accountRecord(event: StoredEvent): FlatRecord {
  const { actor = {} } = event
  return {
    log_type: toLogType(event.code ?? event.action),
    details: sentence(event),
    admin_name: nameOf(actor) ?? '',
    type: 'Account',
    event: event.codeLabel ?? capitalised(event.action),
    admin_email: mailOf(actor) ?? '',
    timestamp: event.occurredAt,
  }
}

/**
 * The few keys that collectors of device and account logs know, in their usual order. An event with a device among
 * its targets is a device's; every other one is an account's: who did it. `log_type` is the event type's code, else
 * the action, and `event` says it in words; group, user and last contact of a device are taken from
 * `custom.device_group`, `custom.device_username` and `custom.last_seen`, else from the targets, the actor, the time.
 */
export function toFlatRecord({ body, occurredAt }: ForwardedEvent): FlatRecord {
  const event = { ...(JSON.parse(body) as StoredEvent), occurredAt }
  const device = targetAmong(event, DEVICE_TARGETS)
  return device ? deviceRecord(event, device) : accountRecord(event)
}
