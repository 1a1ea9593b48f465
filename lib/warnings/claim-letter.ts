import { randomUUID } from 'node:crypto'
import { sql } from 'drizzle-orm'
import { database } from '@/db/client'

/** Lines that one still reads. */
const MAX_WARNINGS = 50
/** Minutes to the next try, by the tries before; then always the last. The first is longer than a try takes. */
const WAIT_MINUTES = [2, 5, 15, 60] as const

/** Warnings of one workspace that go in one letter. */
export type ClaimedLetter = {
  tenantId: string
  /** The same at each try. */
  letterId: string
  keys: string[]
  /** As they are stored. */
  words: unknown[]
  /** When the first of them was given. */
  createdAt: Date
}

type Row = { tenantId: string; key: string; words: unknown; letterId: string; createdAt: Date }

/** Takes a letter that is due, until its next try. Undefined if there is none, or others are sending them. */
export async function claimLetter(): Promise<ClaimedLetter | undefined> {
  const waits = sql.raw(`array[${WAIT_MINUTES.join(',')}]`)
  const rows = await database('deliver').execute<Row>(sql`
    with next as (
      select tenant_id, letter_id from warning_letters where due_at <= now() order by due_at limit 1),
    chosen as (
      select w.tenant_id, w.key from warning_letters w
      join next on w.tenant_id = next.tenant_id and w.letter_id is not distinct from next.letter_id
      where w.due_at <= now() order by w.created_at, w.key limit ${MAX_WARNINGS} for update of w skip locked)
    update warning_letters w set letter_id = coalesce(w.letter_id, ${randomUUID()}::uuid), tries = w.tries + 1,
      due_at = now() + make_interval(mins => (${waits})[least(w.tries + 1, ${WAIT_MINUTES.length})])
    from chosen where w.tenant_id = chosen.tenant_id and w.key = chosen.key
    returning w.tenant_id as "tenantId", w.key, w.words, w.letter_id as "letterId", w.created_at as "createdAt"`)
  const [first] = rows
  if (!first) return undefined
  const inOrder = [...rows].sort((a, b) => +new Date(a.createdAt) - +new Date(b.createdAt))
  return {
    tenantId: first.tenantId,
    letterId: first.letterId,
    keys: inOrder.map(({ key }) => key),
    words: inOrder.map(({ words }) => words),
    createdAt: new Date((inOrder[0] ?? first).createdAt),
  }
}

/** It was sent, or nobody will. */
export async function forgetLetter({
  tenantId,
  keys,
}: Pick<ClaimedLetter, 'tenantId' | 'keys'>): Promise<void> {
  await database('deliver').execute(sql`
    delete from warning_letters where tenant_id = ${tenantId}
      and key in (${sql.join(
        keys.map((key) => sql`${key}`),
        sql`, `,
      )})`)
}
