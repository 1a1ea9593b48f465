import { and, eq, inArray } from 'drizzle-orm'
import type { Transaction } from '@/db/client'
import { events } from '@/db/schema/events'
import { logHeads } from '@/db/schema/logs'
import { AppError } from '@/lib/errors/app-error'
import type { StoredRow } from './redact-row'

export const STORED_ROW_COLUMNS = {
  seq: events.seq,
  action: events.action,
  body: events.body,
  seed: events.seed,
  redaction: events.redaction,
}

/** The chosen events. Throws `not_found` if one of them isn't there (any more), or is another tenant's. */
export async function findEvents(
  tx: Transaction,
  tenantId: string,
  { eventId, seqs = [] }: { eventId?: string | undefined; seqs?: readonly number[] | undefined },
): Promise<StoredRow[]> {
  const wanted = [...new Set(seqs)]
  const rows = await tx
    .select(STORED_ROW_COLUMNS)
    .from(events)
    .where(
      and(
        eq(events.tenantId, tenantId),
        eventId === undefined ? inArray(events.seq, wanted) : eq(events.id, eventId),
      ),
    )
    .orderBy(events.seq)
  const found = new Set(rows.map(({ seq }) => seq))
  const missing = eventId === undefined ? wanted.find((seq) => !found.has(seq)) : undefined
  if (rows.length === 0 || missing !== undefined)
    throw new AppError('not_found', `There is no event ${eventId ?? missing} in this trail.`)
  return rows
}

/** Events of the trail below it are sealed; 0 before its log was opened. */
export async function readSealedSize(tx: Transaction, tenantId: string): Promise<number> {
  const [head] = await tx
    .select({ size: logHeads.size })
    .from(logHeads)
    .where(eq(logHeads.tenantId, tenantId))
  return head?.size ?? 0
}
