import { driver } from '@/db/client'
import type { EventRow } from './event-row'

/** Pairs kept in memory; a tenant has dozens of types, and one forgotten costs one statement that does nothing. */
const MAX_REMEMBERED = 100_000

const store = globalThis as unknown as { spoorSeenTypes?: Set<string> }
store.spoorSeenTypes ??= new Set()
const seen = store.spoorSeenTypes

type Pair = { t: string; ty: string }

/** Pairs of tenant and type that this process has not stored yet. */
function unseenTypes(rows: readonly EventRow[]): Pair[] {
  const fresh = new Map<string, Pair>()
  for (const { t, ty } of rows) {
    const key = `${t} ${ty}`
    if (!seen.has(key)) fresh.set(key, { t, ty })
  }
  return [...fresh.values()]
}

/** Ordered, so that two processes that learn the same types don't wait for each other in a circle. */
export const REMEMBER_TYPES_STATEMENT = `
insert into event_types (tenant_id, type)
select t, ty from json_to_recordset($1::text::json) as x(t uuid, ty text) order by t, ty
on conflict do nothing`

/** Keeps new types for the filters' lists, before the events that have them are acknowledged. */
export async function rememberTypes(rows: readonly EventRow[]): Promise<void> {
  const fresh = unseenTypes(rows)
  if (fresh.length === 0) return
  await driver('append').unsafe(REMEMBER_TYPES_STATEMENT, [JSON.stringify(fresh)])
  if (seen.size + fresh.length > MAX_REMEMBERED) seen.clear()
  for (const { t, ty } of fresh) seen.add(`${t} ${ty}`)
}
