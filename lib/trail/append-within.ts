import { type SQL, sql } from 'drizzle-orm'
import type { Transaction } from '@/db/client'
import { acceptEvent } from '@/lib/event/accept-event'
import type { EventInput } from '@/lib/event/event-input'
import { appendFresh } from './append-rows'
import { APPEND_STATEMENT, type FlushBase } from './append-statement'
import { toEventRow } from './event-row'
import { receivedNow } from './received-now'
import { REMEMBER_TYPES_STATEMENT } from './remember-types'

/** Our own events have no identity elsewhere, so no id of theirs is ever derived. */
const NO_ID_KEY = new Uint8Array()

/** A statement with numbered parameters, for a transaction that speaks drizzle's SQL. */
export function bindStatement(statement: string, parameters: readonly string[]): SQL {
  const parts = statement.split(/\$(\d+)/)
  return sql.join(
    parts.map((part, i) => (i % 2 === 0 ? sql.raw(part) : sql`${parameters[Number(part) - 1]}`)),
  )
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
): Promise<void> {
  const receivedAt = receivedNow()
  const rows = events.map((event) => {
    const acceptance = acceptEvent(event, receivedAt, true)
    if ('violations' in acceptance) {
      const [first] = acceptance.violations
      throw new Error(`an event of our own is not valid at ${first?.pointer}: ${first?.detail}`)
    }
    return toEventRow({ tenantId, idKey: NO_ID_KEY }, acceptance.accepted, origin, receivedAt)
  })
  const types = rows.map(({ t, ty }) => ({ t, ty }))
  await tx.execute(bindStatement(REMEMBER_TYPES_STATEMENT, [JSON.stringify(types)]))
  await appendFresh(rows, (parameters) => tx.execute<FlushBase>(bindStatement(APPEND_STATEMENT, parameters)))
}
