import { and, desc, eq, sql } from 'drizzle-orm'
import type { Transaction } from '@/db/client'
import { erasures } from '@/db/schema/retention'
import { findActiveHold } from '@/lib/holds/active-hold'
import type { Erasure } from './erasure'
import { readSealedSize } from './find-events'
import type { ReasonCode } from './input'

/** Latest first: those before are found in the trail. */
const LISTED = 50

type Row = typeof erasures.$inferSelect

function waitsFor(row: Row, hold: string | undefined, sealedSize: number): string | null {
  if (row.state === 'done') return null
  if (hold !== undefined) return `A legal hold is active: ${hold}`
  if (row.nextSeq >= sealedSize) return `Events from ${row.nextSeq} on are not sealed yet.`
  return null
}

function toErasure(row: Row, hold: string | undefined, sealedSize: number): Erasure {
  const total = row.kind === 'values' ? row.events : row.throughSeq
  return {
    id: row.id,
    kind: row.kind,
    state: row.state,
    reasonCode: row.reasonCode as ReasonCode,
    note: row.note,
    pointers: row.pointers,
    events: row.events,
    progress: { done: row.state === 'done' ? total : Math.min(row.nextSeq, total), total },
    waitsFor: waitsFor(row, hold, sealedSize),
    requestedBy: row.requestedBy,
    requestedAt: row.requestedAt,
    finishedAt: row.finishedAt,
  }
}

/** The latest erasures of a tenant, or the one with that id. */
export async function readErasures(tx: Transaction, tenantId: string, id?: string): Promise<Erasure[]> {
  const rows = await tx
    .select()
    .from(erasures)
    .where(and(eq(erasures.tenantId, tenantId), id === undefined ? undefined : eq(erasures.id, id)))
    // What runs stands first, however many came after it.
    .orderBy(sql`${erasures.state} = 'done'`, desc(erasures.requestedAt), desc(erasures.id))
    .limit(LISTED)
  const hold = await findActiveHold(tx, tenantId)
  const sealedSize = await readSealedSize(tx, tenantId)
  return rows.map((row) => toErasure(row, hold, sealedSize))
}
