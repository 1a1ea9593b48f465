import { sql } from 'drizzle-orm'
import type { Transaction } from '@/db/client'
import { events } from '@/db/schema/events'
import type { RuleEvent } from '@/lib/delivery/rules/evaluate'
import { groupKey } from '@/lib/delivery/rules/group-value'
import { readGroupEvents } from '@/lib/delivery/rules/read-group-events'
import type { RuleGroup } from '@/lib/delivery/rules/rule'
import { findSeqAt } from '@/lib/forwarding/find-seq-at'
import { readTrailEnd } from '@/lib/forwarding/move-stream'
import { amongCandidates } from '@/lib/trail/candidates'
import type { TrailFilter } from '@/lib/trail/filter'
import { filterConditions } from '@/lib/trail/filter-conditions'

/** People wait for it while they fill in a form. */
const MAX_MS = 1_500
/** Some 60 MB, and a second to evaluate. */
const MAX_EVENTS = 500_000
/** Positions of the trail in a step: as one row of the block index, and more of them where that is quick. */
const STEP = 65_536
const MAX_STEPS = 8
const AIM_MS = 200

export type RecentRequest = {
  filter: TrailFilter
  per: RuleGroup
  /** Received since then, in milliseconds since 1970. */
  sinceMs: number
  nowMs: number
}

/** Events in the order of the trail, by their groups' values: all that were received since `fromMs`. */
export type Recent = { events: RuleEvent[]; fromMs: number }

/**
 * The latest events that pass a filter, without their bodies: as many of the wanted time as can be read while somebody
 * waits, from the end of the trail. Run it in a transaction with one snapshot.
 */
export async function readRecent(
  tx: Transaction,
  tenantId: string,
  { filter, per, sinceMs, nowMs }: RecentRequest,
): Promise<Recent> {
  const deadline = performance.now() + MAX_MS
  const begin = await findSeqAt(tx, tenantId, new Date(sinceMs))
  const since = new Date(sinceMs).toISOString()
  const conditions = [
    sql`${events.tenantId} = ${tenantId} and ${events.receivedAt} >= ${since}::timestamptz`,
    ...filterConditions(filter, nowMs),
  ]
  const groupOf = nameGroups(per)
  const parts: RuleEvent[][] = []
  let count = 0
  let steps = 1
  let to = await readTrailEnd(tx, tenantId)
  while (to > begin) {
    const started = performance.now()
    const from = Math.max(begin, (Math.floor((to - 1) / STEP) + 1 - steps) * STEP)
    const among = await amongCandidates(tx, tenantId, filter, { from, to }, nowMs)
    const found = await readGroupEvents(tx, [...conditions, among], per)
    parts.push(
      found.map(({ seq, receivedAtMs, value }) => ({ seq, receivedAtMs, groupHash: groupOf(value) })),
    )
    count += found.length
    const now = performance.now()
    steps = Math.min(MAX_STEPS, Math.max(1, Math.floor((AIM_MS * (to - from)) / (now - started) / STEP)))
    to = from
    if (now > deadline || count > MAX_EVENTS) break
  }
  const fromMs = to > begin ? await receivedAtOf(tx, tenantId, to) : sinceMs
  return { events: parts.reverse().flat(), fromMs }
}

/** A group goes by one of its spellings, which is kept once: a value comes as a text of its own with every event. */
function nameGroups(per: RuleGroup): (value: string) => string {
  const byKey = new Map<string, string>()
  const byValue = new Map<string, string>()
  return (value) => {
    const known = byValue.get(value)
    if (known !== undefined) return known
    const key = groupKey(per, value)
    const name = byKey.get(key) ?? value
    byKey.set(key, name)
    byValue.set(value, name)
    return name
  }
}

async function receivedAtOf(tx: Transaction, tenantId: string, seq: number): Promise<number> {
  const [event] = await tx.execute<{ ms: number }>(sql`
    select (extract(epoch from received_at) * 1000)::float8 as ms from events
    where tenant_id = ${tenantId} and seq >= ${seq}::bigint order by seq limit 1`)
  return event?.ms ?? Date.now()
}
