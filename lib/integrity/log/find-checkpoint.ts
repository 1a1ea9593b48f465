import { and, desc, eq } from 'drizzle-orm'
import type { Transaction } from '@/db/client'
import { logCheckpoints } from '@/db/schema/logs'
import { AppError } from '@/lib/errors/app-error'
import { cosignedNote } from '@/lib/integrity/anchor/anchor'
import { readAnchors } from '@/lib/integrity/anchor/read-anchors'
import type { Log } from './read-log'

/**
 * The checkpoint of exactly `size` if it is the latest or was kept, with its witnesses' cosignatures. Null if it wasn't,
 * whoever remembers it.
 */
export async function findCheckpoint(
  tx: Transaction,
  tenantId: string,
  log: Log,
  size: number,
): Promise<string | null> {
  if (size === log.size) {
    const anchors = await readAnchors(tx, tenantId, log.epoch, [size])
    return cosignedNote(log.note, anchors.get(size) ?? [])
  }
  const [kept] = await tx
    .select({ note: logCheckpoints.note, epoch: logCheckpoints.epoch })
    .from(logCheckpoints)
    .where(and(eq(logCheckpoints.tenantId, tenantId), eq(logCheckpoints.size, size)))
    .orderBy(desc(logCheckpoints.epoch))
    .limit(1)
  if (!kept) return null
  const anchors = await readAnchors(tx, tenantId, kept.epoch, [size])
  return cosignedNote(kept.note, anchors.get(size) ?? [])
}

/** Throws `not_found` for a size that the log was never signed at, because it has not grown to it yet. */
export function requireSealed(log: Log, size: number): void {
  if (size <= log.size) return
  const message = `The sealed tree has ${log.size} events, not ${size}. Ask again when it has grown.`
  throw new AppError('not_found', message)
}
