import { sql } from 'drizzle-orm'
import type { Transaction } from '@/db/client'
import { acceptEvent } from '@/lib/event/accept-event'
import type { EventInput } from '@/lib/event/event-input'
import { type AppendResult, appendRows } from './append-flush'
import { APPEND_STATEMENT, type AppendedRow } from './append-statement'
import { toEventRow } from './event-row'
import { REMEMBER_TYPES_STATEMENT } from './remember-types'

/** Our own events have no identity elsewhere, so no id of theirs is ever derived. */
const NO_ID_KEY = new Uint8Array()

/** A statement with one JSON parameter, for a transaction that speaks drizzle's SQL. */
function withJson(statement: string, json: string) {
  const [before = '', after = ''] = statement.split('$1')
  return sql`${sql.raw(before)}${json}${sql.raw(after)}`
}

/**
 * The same door inside a caller's transaction, for events that must commit with what they tell of. It holds the
 * tenant's counter until that commit, so call it last, and never wait for anything outside in between.
 */
export async function appendWithin(
  tx: Transaction,
  tenantId: string,
  origin: string,
  events: EventInput[],
): Promise<AppendResult[]> {
  const receivedAt = new Date().toISOString()
  const rows = events.map((event) => {
    const acceptance = acceptEvent(event, receivedAt)
    if ('violations' in acceptance) {
      const [first] = acceptance.violations
      throw new Error(`an event of our own is not valid at ${first?.pointer}: ${first?.detail}`)
    }
    return toEventRow({ tenantId, idKey: NO_ID_KEY }, acceptance.accepted, origin, receivedAt)
  })
  const types = rows.map(({ t, ty }) => ({ t, ty }))
  await tx.execute(withJson(REMEMBER_TYPES_STATEMENT, JSON.stringify(types)))
  return appendRows(rows, async (json) => [
    ...(await tx.execute<AppendedRow>(withJson(APPEND_STATEMENT, json))),
  ])
}
