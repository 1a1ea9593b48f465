import type { StoredEvent } from '@/lib/event/stored-event'
import type { MatchedEntity, MatchedEvent } from '@/lib/ledger/matched/matched-event'

type Cell = string | number | undefined
type Column = [name: string, read: (event: StoredEvent) => Cell]

const json = (value: unknown) => (value === undefined ? undefined : JSON.stringify(value))

const PLAIN = [
  'id',
  'seq',
  'receivedAt',
  'occurredAt',
  'type',
  'level',
  'action',
  'status',
  'code',
  'codeLabel',
  'category',
  'message',
] as const
const ACTOR = ['login', 'repository', 'identity', 'id', 'type', 'sessionId', 'ip', 'userAgent'] as const
const TARGET = ['type', 'name', 'parent', 'id'] as const
const REST = [
  'source',
  'destination',
  'oldValue',
  'newValue',
  'payload',
  'count',
  'dataSource',
  'externalRef',
] as const

/** Columns of a CSV export under the event's own names: a column a value, and JSON for what has no fixed width. */
export const NATIVE_COLUMNS: readonly Column[] = [
  ...PLAIN.map((name): Column => [name, (event) => event[name]]),
  ...ACTOR.map((name): Column => [`actor.${name}`, ({ actor }) => actor?.[name]]),
  ['onBehalfOf', ({ onBehalfOf }) => json(onBehalfOf)],
  ...TARGET.map((name): Column => [`target.${name}`, ({ targets }) => targets?.[0]?.[name]]),
  ...TARGET.map((name): Column => [`target2.${name}`, ({ targets }) => targets?.[1]?.[name]]),
  ['furtherTargets', ({ targets = [] }) => (targets.length > 2 ? json(targets.slice(2)) : undefined)],
  ...REST.map((name): Column => [name, (event) => event[name]]),
  ['data', ({ data }) => json(data)],
  ['custom', ({ custom }) => json(custom)],
  ['origin', ({ origin }) => origin],
  ['leafHash', ({ leafHash }) => leafHash],
]

/** The display names that readers see, and the person and organisation behind the actor; of ambiguous ones the candidates' keys. */
const nameOf = (entity: MatchedEntity | null | undefined): Cell =>
  entity?.candidates ? entity.candidates.map(({ key }) => key).join(' | ') : entity?.display

/** Columns behind these, and behind those of the log target, where a file carries what the ledger knows. */
export const MATCHED_COLUMNS: readonly [name: string, read: (matched: MatchedEvent) => Cell][] = [
  ['matched_actor', ({ actor }) => nameOf(actor)],
  ['matched_actor_person', ({ actor }) => actor?.identity?.display],
  ['matched_actor_organisation', ({ actor }) => actor?.organisation?.display],
  ['matched_target', ({ targets }) => nameOf(targets?.[0])],
  ['matched_target2', ({ targets }) => nameOf(targets?.[1])],
]
