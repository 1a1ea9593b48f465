import { and, eq, sql } from 'drizzle-orm'
import type { Transaction } from '@/db/client'
import { trailHeads } from '@/db/schema/events'
import { logHeads, logs } from '@/db/schema/logs'
import { AppError } from '@/lib/errors/app-error'

/** What an epoch has published last: it ends there if it is closed. Entries below `firstSeq` are gone by retention. */
export type Published = { size: number; note: string; firstSeq: number }

/** The published end of one epoch of the tenant's log. Throws `not_found`. Runs as the tenant. */
export async function readPublished(tx: Transaction, tenantId: string, epoch: number): Promise<Published> {
  const [found] = await tx
    .select({
      size: sql<number>`coalesce(${logs.finalSize}, ${logHeads.size})`.mapWith(Number),
      note: sql<string | null>`coalesce(${logs.finalNote}, ${logHeads.note})`,
      firstSeq: trailHeads.firstSeq,
    })
    .from(logs)
    .innerJoin(trailHeads, eq(trailHeads.tenantId, logs.tenantId))
    .leftJoin(logHeads, and(eq(logHeads.tenantId, logs.tenantId), eq(logHeads.epoch, logs.epoch)))
    .where(and(eq(logs.tenantId, tenantId), eq(logs.epoch, epoch)))
  if (!found || found.note === null) throw new AppError('not_found', 'There is no such log.')
  return { size: found.size, note: found.note, firstSeq: found.firstSeq }
}
