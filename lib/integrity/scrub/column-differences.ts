import { LEVELS } from '@/lib/event/levels'

/** The columns of an event that only serve filters, as they are stored. `occurredMs` is Unix time. */
export type FilterColumns = {
  occurredMs: number
  level: number
  type: string
  action: string
  status: string | null
  code: string | null
  category: string | null
  message: string | null
  actor_login: string | null
  actor_identity: string | null
  actor_id: string | null
  session_id: string | null
  ip: string | null
  target_type: string | null
  target_name: string | null
  target2_type: string | null
  target2_name: string | null
  source: string | null
  data_source: string | null
}

type Members = Record<string, unknown>

const membersOf = (value: unknown): Members =>
  typeof value === 'object' && value !== null ? (value as Members) : {}

/** PostgreSQL spells an IPv6 address in its own way; an URL's host has one spelling. */
function sameAddress(x: unknown, y: unknown): boolean {
  const urls = [`http://[${x}]`, `http://[${y}]`]
  if (!urls.every((url) => URL.canParse(url))) return false
  const [a, b] = urls.map((url) => new URL(url).hostname)
  return a === b
}

/** What a column must hold for a value of the event; what is absent is null. */
const stored = (value: unknown) => value ?? null

/** Names of the nullable columns and what the event says of each. */
function optionalColumns(event: Members): [keyof FilterColumns, unknown][] {
  const actor = membersOf(event.actor)
  const [target, target2] = (Array.isArray(event.targets) ? event.targets : []).map(membersOf)
  return [
    ['status', event.status],
    ['code', event.code],
    ['category', event.category],
    ['message', event.message],
    ['actor_login', actor.login],
    ['actor_identity', actor.identity],
    ['actor_id', actor.id],
    ['session_id', actor.sessionId],
    ['ip', actor.ip],
    ['target_type', target?.type],
    ['target_name', target?.name],
    ['target2_type', target2?.type],
    ['target2_name', target2?.name],
    ['source', event.source],
    ['data_source', event.dataSource],
  ]
}

/**
 * The filter columns that say something else than the event. Of one that was erased in part, what can't be absent
 * from a row (level, type, action, time) stands for nothing any more once it is gone from the event.
 */
export function differingColumns(columns: FilterColumns, event: Members): string[] {
  const differing: string[] = []
  for (const [name, value] of optionalColumns(event))
    if (columns[name] !== stored(value) && !(name === 'ip' && sameAddress(columns.ip, value)))
      differing.push(name)
  const { level, type, action, occurredAt } = event
  if (level !== undefined && columns.level !== LEVELS.indexOf(level as never)) differing.push('level')
  if (type !== undefined && columns.type !== type) differing.push('type')
  if (action !== undefined && columns.action !== action) differing.push('action')
  if (occurredAt !== undefined && columns.occurredMs !== Date.parse(String(occurredAt)))
    differing.push('occurred_at')
  return differing
}
