import postgres from 'postgres'
import { driver } from '@/db/client'
import { AppError } from '@/lib/errors/app-error'
import { APPEND_STATEMENT, type AppendedRow } from './append-statement'
import type { EventRow } from './event-row'
import { rememberTypes } from './remember-types'

/** What became of one row: its position, and whether it had been in the trail before. */
export type AppendResult = { seq: number; duplicate: boolean; id: string }

/** SQLSTATEs after which the same flush may well succeed: a racing duplicate, a deadlock, a lock not had in time. */
const RETRYABLE = new Set(['23505', '40P01', '55P03', '40001'])
/** Two racing flushes settle at the first retry; more means that something else is wrong. */
const MAX_TRIES = 5
/** Class 08 and the server's own shutdowns: the database is away, and nobody's event is at fault. */
const AWAY = /^(08|57P|53|CONNECT|ECONN|EPIPE|ETIMEDOUT|EAI_)/

/** Positions `n`, and one row an id: what a request repeats is a duplicate of its first. */
function distinctRows(rows: EventRow[]): { json: string; positions: number[] } {
  const byId = new Map<string, number>()
  const distinct: (EventRow & { n: number })[] = []
  const positions = rows.map((row) => {
    const key = `${row.t} ${row.id}`
    const known = byId.get(key)
    if (known !== undefined) return known
    const n = distinct.length
    byId.set(key, n)
    distinct.push(Object.assign(row, { n }))
    return n
  })
  return { json: JSON.stringify(distinct), positions }
}

type RunStatement = (json: string) => Promise<AppendedRow[]>

/** Runs the statement once over `rows` and puts its answer into their order. */
export async function appendRows(rows: EventRow[], run: RunStatement): Promise<AppendResult[]> {
  const { json, positions } = distinctRows(rows)
  const answers: AppendedRow[] = []
  for (const answer of await run(json)) answers[answer.n] = answer
  const told = new Set<number>()
  return rows.map((row, i) => {
    const n = positions[i] as number
    const answer = answers[n]
    if (!answer) throw new Error(`tenant ${row.t} has no trail head`)
    const repeated = told.has(n)
    told.add(n)
    return { seq: answer.seq, duplicate: answer.duplicate || repeated, id: row.id }
  })
}

/** One flush of many tenants' rows in one autocommitted statement, retried where a retry helps. */
export async function flushRows(rows: EventRow[]): Promise<AppendResult[]> {
  for (let tries = 1; ; tries++) {
    try {
      const results = await appendRows(rows, (json) =>
        driver('append').unsafe<AppendedRow[]>(APPEND_STATEMENT, [json], { prepare: true }),
      )
      await rememberTypes(rows)
      return results
    } catch (error) {
      const code =
        error instanceof postgres.PostgresError ? error.code : String((error as { code?: string }).code)
      if (RETRYABLE.has(code) && tries < MAX_TRIES) continue
      if (RETRYABLE.has(code) || AWAY.test(code)) {
        const message = 'The database is not answering. Nothing was acknowledged; send the events again.'
        throw new AppError('unavailable', message, { retryAfterSeconds: 2, cause: error })
      }
      throw error
    }
  }
}
