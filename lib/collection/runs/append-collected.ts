import { sql } from 'drizzle-orm'
import type { Transaction } from '@/db/client'
import { appendFresh } from '@/lib/trail/append-rows'
import {
  APPEND_STATEMENT,
  type FlushBase,
  KNOWN_STATEMENT,
  type KnownEvent,
} from '@/lib/trail/append-statement'
import { bindStatement } from '@/lib/trail/append-within'
import type { EventRow } from '@/lib/trail/event-row'

const arrayOf = (values: readonly string[]) => `{${values.join(',')}}`

/** So many chunks without a duplicate, and the next ones go in without asking what is known. */
const CLEAN_CHUNKS_BEFORE_TRUST = 4

/**
 * Whether what comes is new, as far as this run has seen: asking is a lookup an event. Where nothing repeats, the
 * unique index is question enough: it refuses the whole chunk, which is then committed again with the question.
 */
export type Trust = { cleanChunks: number }

/**
 * Which of the rows the trail does not have yet, each identity once, in their order. It asks inside the transaction
 * that appends them; who is faster meanwhile lets that one fail with 23505.
 */
export async function findFresh(
  tx: Transaction,
  rows: readonly EventRow[],
  trust?: Trust,
): Promise<EventRow[]> {
  if (rows.length === 0) return []
  const isTrusted = (trust?.cleanChunks ?? 0) >= CLEAN_CHUNKS_BEFORE_TRUST
  const seen = isTrusted ? new Set<string>() : await findKnown(tx, rows)
  return rows.filter(({ id }) => {
    const isFresh = !seen.has(id)
    seen.add(id)
    return isFresh
  })
}

async function findKnown(tx: Transaction, rows: readonly EventRow[]): Promise<Set<string>> {
  const known = await tx.execute<KnownEvent>(
    bindStatement(KNOWN_STATEMENT, [arrayOf(rows.map(({ t }) => t)), arrayOf(rows.map(({ id }) => id))]),
  )
  return new Set(known.map(({ id }) => id))
}

/** Of events that go in by one statement: to write more as JSON at once would keep all others waiting. */
const MAX_STATEMENT_BYTES = 4 * 1024 * 1024

/** Rows in their order, in parts of some MiB; nearly always one. */
function inParts(rows: EventRow[]): EventRow[][] {
  const parts: EventRow[][] = []
  let bytes = MAX_STATEMENT_BYTES
  for (const row of rows) {
    if (bytes >= MAX_STATEMENT_BYTES) {
      parts.push([])
      bytes = 0
    }
    parts.at(-1)?.push(row)
    bytes += row.b.length
  }
  return parts
}

/** Appends rows of one tenant that `findFresh` let pass; gives the trail's end. Holds its counter until the commit: call it last. */
export async function appendFound(tx: Transaction, rows: EventRow[]): Promise<number | undefined> {
  let end: number | undefined
  for (const part of inParts(rows)) {
    const seqs = await appendFresh(part, (parameters) =>
      tx.execute<FlushBase>(bindStatement(APPEND_STATEMENT, parameters)),
    )
    end = (seqs.at(-1) ?? 0) + 1
  }
  return end
}

/** The flush's lookups by key must stay lookups, whatever the planner believes of a trail that grows fast. */
export const PLAN_LOOKUPS = sql`select set_config('enable_seqscan', 'off', true), set_config('lock_timeout', '10s', true)`
