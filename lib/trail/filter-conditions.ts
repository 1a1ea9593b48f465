import { type SQL, sql } from 'drizzle-orm'
import type { PgColumn } from 'drizzle-orm/pg-core'
import { events } from '@/db/schema/events'
import { LEVELS, type Level } from '@/lib/event/levels'
import type { ChoiceName, TrailFilter } from './filter'

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

const UNIT_MS = { m: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000 }

/** A filter's moment as RFC 3339 UTC: `-24h` counts back from now. */
function resolveMoment(moment: string, nowMs: number): string {
  if (!moment.startsWith('-')) return new Date(moment).toISOString()
  const unit = moment.at(-1) as keyof typeof UNIT_MS
  return new Date(nowMs - Number(moment.slice(1, -1)) * UNIT_MS[unit]).toISOString()
}

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

/** The filter as SQL conditions over the columns of `events`, all of which must hold; none if it is empty. */
export function filterConditions(filter: TrailFilter, nowMs = Date.now()): SQL[] {
  const conditions = CHOICES.flatMap((name) => choiceConditions(filter, name))
  if (filter.minLevel)
    conditions.push(sql`${events.level} >= ${sql.raw(String(LEVELS.indexOf(filter.minLevel)))}`)
  if (filter.from)
    conditions.push(sql`${events.occurredAt} >= ${resolveMoment(filter.from, nowMs)}::timestamptz`)
  if (filter.to) conditions.push(sql`${events.occurredAt} < ${resolveMoment(filter.to, nowMs)}::timestamptz`)
  return conditions
}
