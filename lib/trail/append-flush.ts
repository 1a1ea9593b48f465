import postgres from 'postgres'
import { driver } from '@/db/client'
import { AppError } from '@/lib/errors/app-error'
import { isDatabaseAway } from '@/lib/errors/database-away'
import { type AppendResult, appendFresh, rowKey } from './append-rows'
import { APPEND_STATEMENT, type FlushBase, KNOWN_STATEMENT, type KnownEvent } from './append-statement'
import type { EventRow } from './event-row'
import { rememberTypes } from './remember-types'

/** SQLSTATEs after which the same flush may well succeed: a racing duplicate, a deadlock, a lock not had in time. */
const RETRYABLE = new Set(['23505', '40P01', '55P03', '40001'])
/** Two racing flushes settle at the first retry; more means that something else is wrong. */
const MAX_TRIES = 5

const PREPARED = { prepare: true }

/** Seqs of the rows that are in the trail already, by row key. Only a derived id can be. */
async function findKnown(rows: EventRow[]): Promise<Map<string, number>> {
  const keyed = rows.filter((row) => row.keyed)
  if (keyed.length === 0) return new Map()
  const tenants = `{${keyed.map((row) => row.t).join(',')}}`
  const ids = `{${keyed.map((row) => row.id).join(',')}}`
  const known = await driver('append').unsafe<KnownEvent[]>(KNOWN_STATEMENT, [tenants, ids], PREPARED)
  return new Map(known.map(({ tenant_id, id, seq }) => [`${tenant_id} ${id}`, seq]))
}

/** So many flushes without a duplicate, and the next ones go in without asking what is known. */
const CLEAN_FLUSHES_BEFORE_TRUST = 64
let cleanFlushes = 0

async function flushOnce(rows: EventRow[]): Promise<AppendResult[]> {
  // Asking costs a single event a third of its flush. Where nobody repeats, the unique index is question enough:
  // it refuses the whole flush, which is then run again with the question.
  const seqs = cleanFlushes < CLEAN_FLUSHES_BEFORE_TRUST ? await findKnown(rows) : new Map<string, number>()
  cleanFlushes = seqs.size > 0 ? 0 : cleanFlushes + 1
  const fresh = new Map<string, EventRow>()
  for (const row of rows) {
    const key = rowKey(row)
    if (!seqs.has(key) && !fresh.has(key)) fresh.set(key, row)
  }
  if (fresh.size > 0) {
    const given = await appendFresh([...fresh.values()], (parameters) =>
      driver('append').unsafe<FlushBase[]>(APPEND_STATEMENT, parameters, PREPARED),
    )
    let next = 0
    for (const key of fresh.keys()) seqs.set(key, given[next++] as number)
  }
  // What a flush repeats is a duplicate of the row that was inserted.
  return rows.map((row) => {
    const key = rowKey(row)
    return { seq: seqs.get(key) as number, duplicate: fresh.get(key) !== row, id: row.id }
  })
}

/** One flush of many tenants' rows in an autocommitted statement, retried where a retry helps. */
export async function flushRows(rows: EventRow[]): Promise<AppendResult[]> {
  for (let tries = 1; ; tries++) {
    try {
      // Before, because after the commit nothing may fail any more, or a stored event would be answered as lost.
      await rememberTypes(rows)
      return await flushOnce(rows)
    } catch (error) {
      cleanFlushes = 0
      const isRetryable = error instanceof postgres.PostgresError && RETRYABLE.has(error.code)
      if (isRetryable && tries < MAX_TRIES) continue
      if (isRetryable || isDatabaseAway(error)) {
        const message = 'The database is not answering. Nothing was acknowledged; send the events again.'
        throw new AppError('unavailable', message, { retryAfterSeconds: 2, cause: error })
      }
      throw error
    }
  }
}
