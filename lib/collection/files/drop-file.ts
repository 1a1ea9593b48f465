import { and, eq, inArray } from 'drizzle-orm'
import type { Transaction } from '@/db/client'
import { collectionRejects, siloFileChunks, siloFiles } from '@/db/schema/silos'
import { inTenant } from '@/lib/access/in-tenant'
import type { TenantScope } from '@/lib/access/scope'

/** MiB of content, and rows that were rejected: each a statement of a fraction of a second. */
const PIECES_A_STEP = 256
const REJECTS_A_STEP = 10_000

type FileKey = { tenantId: string; fileId: string }

/** Whether there may be more. */
type Step = (tx: Transaction, key: FileKey) => Promise<boolean>

const c = siloFileChunks
const r = collectionRejects

/** Deletes a file's next pieces, from the first one on: without it nothing of the content counts as kept. */
export const dropNextPieces: Step = async (tx, { tenantId, fileId }) => {
  const next = tx
    .select({ startByte: c.startByte })
    .from(c)
    .where(and(eq(c.tenantId, tenantId), eq(c.fileId, fileId)))
    .orderBy(c.startByte)
    .limit(PIECES_A_STEP)
  const isNext = and(eq(c.tenantId, tenantId), eq(c.fileId, fileId), inArray(c.startByte, next))
  const dropped = await tx.delete(c).where(isNext).returning({ startByte: c.startByte })
  return dropped.length === PIECES_A_STEP
}

const dropNextRejects: Step = async (tx, { tenantId, fileId }) => {
  const isTheirs = and(eq(r.tenantId, tenantId), eq(r.fileId, fileId))
  const next = tx.select({ line: r.line }).from(r).where(isTheirs).orderBy(r.line).limit(REJECTS_A_STEP)
  const dropped = await tx
    .delete(r)
    .where(and(isTheirs, inArray(r.line, next)))
    .returning({ line: r.line })
  return dropped.length === REJECTS_A_STEP
}

/** Whether all is gone: `isOver` may end it before. */
async function repeat(
  scope: TenantScope,
  fileId: string,
  step: Step,
  isOver: () => boolean,
): Promise<boolean> {
  const key = { tenantId: scope.tenantId, fileId }
  while (!isOver()) if (!(await inTenant(scope, (tx) => step(tx, key)))) return true
  return false
}

/**
 * Deletes what is left of a file that counts as arriving: content, rejected rows, and then its row. Whoever is killed
 * on the way leaves the row, and `tendFiles` goes on.
 */
export async function dropFile(scope: TenantScope, fileId: string, isOver = () => false): Promise<boolean> {
  if (!(await repeat(scope, fileId, dropNextPieces, isOver))) return false
  if (!(await repeat(scope, fileId, dropNextRejects, isOver))) return false
  const f = siloFiles
  await inTenant(scope, (tx) =>
    tx.delete(f).where(and(eq(f.tenantId, scope.tenantId), eq(f.id, fileId), eq(f.state, 'receiving'))),
  )
  return true
}
