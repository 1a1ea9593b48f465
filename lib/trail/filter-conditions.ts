import { type SQL, sql } from 'drizzle-orm'
import type { PgColumn } from 'drizzle-orm/pg-core'
import { events } from '@/db/schema/events'
import { LEVELS, type Level } from '@/lib/event/levels'
import { type ChoiceName, fieldSegments, hasEntityChoice, type TrailFilter } from './filter'
import { resolveMoment } from './moments'

/** Columns that a filter's value is compared with; more than one means any of them. */
const EXACT: Partial<Record<ChoiceName, PgColumn[]>> = {
  type: [events.type],
  action: [events.action],
  status: [events.status],
  code: [events.code],
  category: [events.category],
  actor: [events.actorLogin, events.actorIdentity, events.actorId],
  target: [events.targetName, events.target2Name],
  targetType: [events.targetType, events.target2Type],
  source: [events.source],
  session: [events.sessionId],
  dataSource: [events.dataSource],
}

/** Where `q` looks for parts of words. */
const TEXT = [
  events.message,
  events.actorLogin,
  events.actorIdentity,
  events.targetName,
  events.target2Name,
  events.code,
  events.source,
]

const anyOf = (conditions: SQL[]): SQL => sql`(${sql.join(conditions, sql` or `)})`
/** A column that is null has not the value: without coalesce, excluding would drop such rows too. */
const not = (condition: SQL): SQL => sql`not coalesce(${condition}, false)`

function hasOneOf(columns: PgColumn[], values: string[]): SQL {
  const list = sql.join(
    values.map((value) => sql`${value}`),
    sql`, `,
  )
  return anyOf(columns.map((column) => sql`${column} in (${list})`))
}

function hasLevel(names: string[]): SQL {
  const positions = names.map((name) => LEVELS.indexOf(name as Level))
  return sql`${events.level} in (${sql.raw(positions.join(', '))})`
}

const inNetwork = (networks: string[]): SQL =>
  anyOf(networks.map((network) => sql`${events.ip} <<= ${network}::inet`))

function containsText(part: string): SQL {
  const pattern = `%${part.replaceAll(/[\\%_]/g, '\\$&')}%`
  return anyOf(TEXT.map((column) => sql`${column} ilike ${pattern}`))
}

const JSON_SCALAR = /^(true|false|-?(0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?)$/

/** The spellings of a value in the JSON that we store: our own, in which each number has one. */
function spellings(value: string): string[] {
  const usual = JSON_SCALAR.test(value) ? [String(JSON.parse(value))] : []
  return [...new Set([JSON.stringify(value).slice(1, -1), ...usual])]
}

/**
 * A value as the JSON texts that it may stand for: a text, and the number or boolean that is written so. Numbers that
 * no double holds are none of an event's, and PostgreSQL would refuse to read them; of nought it has one spelling.
 */
function toJsonValues(value: string): string[] {
  const text = JSON.stringify(value)
  if (!JSON_SCALAR.test(value)) return [text]
  const scalar: unknown = JSON.parse(value)
  if (typeof scalar === 'boolean') return [text, value]
  const isNought = !/[1-9]/.test(value.replace(/e.*/i, ''))
  if (isNought) return [text, '0']
  return scalar === 0 || !Number.isFinite(scalar) ? [text] : [text, value]
}

/**
 * What stands at the path, or any item of the list there, is one of the values: as text, or as number or boolean.
 * The body is only parsed where it has one of the values anywhere, which costs a twentieth of it (measured).
 */
function hasField(path: string, values: string[]): SQL {
  const segments = sql.join(
    fieldSegments(path).map((segment) => sql`${segment}`),
    sql`, `,
  )
  const list = sql.join(
    values.flatMap(toJsonValues).map((value) => sql`${value}::jsonb`),
    sql`, `,
  )
  const anywhere = anyOf(
    values.flatMap(spellings).map((spelling) => sql`strpos(${events.body}, ${spelling}) > 0`),
  )
  // A list contains each of its items, and a scalar itself: https://www.postgresql.org/docs/current/datatype-json.html
  return sql`(${anywhere} and exists (
    select from (select ${events.body}::jsonb #> array[${segments}]::text[] as value offset 0) as found,
      unnest(array[${list}]) as wanted(value)
    where found.value @> wanted.value and jsonb_typeof(found.value) <> 'object'))`
}

const fieldConditions = (filter: TrailFilter): SQL[] =>
  Object.entries(filter.fields ?? {}).flatMap(([path, { include, exclude }]) => [
    ...(include.length > 0 ? [hasField(path, include)] : []),
    ...(exclude.length > 0 ? [not(hasField(path, exclude))] : []),
  ])

function choiceConditions(filter: TrailFilter, name: ChoiceName): SQL[] {
  const choice = filter[name]
  if (!choice) return []
  if (name === 'q')
    return [...choice.include.map(containsText), ...choice.exclude.map((part) => not(containsText(part)))]
  const columns = EXACT[name]
  const has = (values: string[]) =>
    name === 'level' ? hasLevel(values) : name === 'ip' ? inNetwork(values) : hasOneOf(columns ?? [], values)
  return [
    ...(choice.include.length > 0 ? [has(choice.include)] : []),
    ...(choice.exclude.length > 0 ? [not(has(choice.exclude))] : []),
  ]
}

const CHOICES: ChoiceName[] = [...(Object.keys(EXACT) as ChoiceName[]), 'level', 'ip', 'q']

/**
 * The filter as SQL conditions over the columns of `events`, all of which must hold; none if it is empty. Entities are
 * no columns of events: whoever lets them in resolves them first (`resolveFilter`), or has forgotten to refuse them.
 */
export function filterConditions(filter: TrailFilter, nowMs = Date.now()): SQL[] {
  if (hasEntityChoice(filter)) throw new Error('A filter by entities of the ledger must be resolved first.')
  const conditions = CHOICES.flatMap((name) => choiceConditions(filter, name))
  if (filter.minLevel)
    conditions.push(sql`${events.level} >= ${sql.raw(String(LEVELS.indexOf(filter.minLevel)))}`)
  if (filter.from)
    conditions.push(sql`${events.occurredAt} >= ${resolveMoment(filter.from, nowMs)}::timestamptz`)
  if (filter.to) conditions.push(sql`${events.occurredAt} < ${resolveMoment(filter.to, nowMs)}::timestamptz`)
  // Last, because it reads the whole event: the planner sees the order, and all else is cheaper.
  conditions.push(...fieldConditions(filter))
  return conditions
}
