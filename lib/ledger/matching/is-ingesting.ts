import { sql } from 'drizzle-orm'
import { writtenOnce } from '@/db/execute-prepared'

/** Events of all trails between two looks that mean that more come: our own ones are fewer. */
const MIN_EVENTS = 50
const ACTIVE_MS = 1_000

/** A row a tenant: a millisecond for some thousands. */
const look = writtenOnce<{ sum: number }, Record<string, never>>(
  'match',
  sql`select coalesce(sum(next_seq), 0)::float8 as sum from trail_heads`,
)

let lastSum = Number.POSITIVE_INFINITY
let activeUntilMs = 0

/** Whether events come into any trail, since the last look or within the last second. */
export async function isIngesting(): Promise<boolean> {
  const [row] = await look({})
  const sum = row?.sum ?? 0
  const nowMs = performance.now()
  if (sum - lastSum >= MIN_EVENTS) activeUntilMs = nowMs + ACTIVE_MS
  lastSum = sum
  return nowMs < activeUntilMs
}
