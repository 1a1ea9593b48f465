import { and, desc, eq, lt, lte, type SQL } from 'drizzle-orm'
import type { Transaction } from '@/db/client'
import { logCheckpoints, logs } from '@/db/schema/logs'
import { inTenant } from '@/lib/access/in-tenant'
import { requirePermission, type TenantScope } from '@/lib/access/scope'
import { type AnchorData, cosignedNote } from '@/lib/integrity/anchor/anchor'
import { readAnchors } from '@/lib/integrity/anchor/read-anchors'

/** A checkpoint that was kept: the first of an hour in which the log grew, and whatever was anchored. */
export type KeptCheckpoint = {
  epoch: number
  origin: string
  size: number
  signedAt: string
  /** With the cosignatures of the witnesses among its anchors. */
  checkpoint: string
  /** Where it is remembered outside its own log, in the order in which that happened. */
  anchors: (AnchorData & { name: string; at: string })[]
}

export type CheckpointPage = {
  /** The largest first. */
  checkpoints: KeptCheckpoint[]
  /** Give it as `before` for those that follow; null at the end. */
  next: number | null
}

const PAGE = 100

/**
 * Kept checkpoints of the tenant's log, those of the largest trees first: below the size `before`, and signed at
 * `at` or before it, so that the first one tells what the log was then.
 */
export async function listCheckpoints(
  scope: TenantScope,
  { before, at, limit = PAGE }: { before?: number | undefined; at?: Date | undefined; limit?: number } = {},
): Promise<CheckpointPage> {
  requirePermission(scope, 'events:read')
  const wanted: SQL[] = [eq(logCheckpoints.tenantId, scope.tenantId)]
  if (before !== undefined) wanted.push(lt(logCheckpoints.size, before))
  if (at !== undefined) wanted.push(lte(logCheckpoints.signedAt, at))
  return inTenant(scope, async (tx) => {
    const rows = await tx
      .select({
        epoch: logCheckpoints.epoch,
        origin: logs.origin,
        size: logCheckpoints.size,
        signedAt: logCheckpoints.signedAt,
        checkpoint: logCheckpoints.note,
      })
      .from(logCheckpoints)
      .innerJoin(logs, and(eq(logs.tenantId, logCheckpoints.tenantId), eq(logs.epoch, logCheckpoints.epoch)))
      .where(and(...wanted))
      .orderBy(desc(logCheckpoints.size), desc(logCheckpoints.epoch))
      .limit(limit + 1)
    const page = wholeSizes(rows, limit)
    return {
      checkpoints: await withAnchors(tx, scope.tenantId, page),
      next: page.length < rows.length ? (page.at(-1)?.size ?? null) : null,
    }
  })
}

type Row = Omit<KeptCheckpoint, 'signedAt' | 'anchors'> & { signedAt: Date }

async function withAnchors(
  tx: Transaction,
  tenantId: string,
  rows: readonly Row[],
): Promise<KeptCheckpoint[]> {
  const byEpoch = new Map<number, Awaited<ReturnType<typeof readAnchors>>>()
  for (const epoch of new Set(rows.map((row) => row.epoch))) {
    const sizes = rows.filter((row) => row.epoch === epoch).map(({ size }) => size)
    byEpoch.set(epoch, await readAnchors(tx, tenantId, epoch, sizes))
  }
  return rows.map(({ epoch, size, signedAt, checkpoint, ...row }) => {
    const anchors = byEpoch.get(epoch)?.get(size) ?? []
    return {
      ...row,
      epoch,
      size,
      signedAt: signedAt.toISOString(),
      checkpoint: cosignedNote(checkpoint, anchors),
      anchors: anchors.map((anchor) => ({ ...anchor, at: anchor.at.toISOString() })),
    }
  })
}

/** Two epochs may have signed the same size: the page ends before a size that would not be whole on it. */
function wholeSizes<Row extends { size: number }>(rows: readonly Row[], limit: number): readonly Row[] {
  const cut = rows[limit]
  if (!cut) return rows
  const whole = rows.filter(({ size }) => size > cut.size)
  return whole.length > 0 ? whole : rows.slice(0, limit)
}
