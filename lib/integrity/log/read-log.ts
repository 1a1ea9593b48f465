import { and, eq } from 'drizzle-orm'
import type { Transaction } from '@/db/client'
import { trailHeads } from '@/db/schema/events'
import { logHeads, logs } from '@/db/schema/logs'

/** The log of a trail as it stands: its current epoch, and the sealed end of the tree. */
export type Log = {
  epoch: number
  logId: string
  /** `host/log/<logId>`. */
  origin: string
  /** Leaves in the tree: events below this seq are sealed. */
  size: number
  root: Buffer
  /** The latest checkpoint, a signed note of exactly `size` and `root`. */
  note: string
  signedAt: Date
  /** Why the sealer signs no more, in words for people. */
  refused: string | null
  /** Events below it are gone by retention; their leaves stay. */
  firstSeq: number
}

/** Undefined until the sealer has opened the log, within its first second. Runs as the tenant. */
export async function readLog(tx: Transaction, tenantId: string): Promise<Log | undefined> {
  const [found] = await tx
    .select({
      epoch: logHeads.epoch,
      logId: logs.logId,
      origin: logs.origin,
      size: logHeads.size,
      root: logHeads.root,
      note: logHeads.note,
      signedAt: logHeads.signedAt,
      refused: logHeads.refused,
      firstSeq: trailHeads.firstSeq,
    })
    .from(logHeads)
    .innerJoin(logs, and(eq(logs.tenantId, logHeads.tenantId), eq(logs.epoch, logHeads.epoch)))
    .innerJoin(trailHeads, eq(trailHeads.tenantId, logHeads.tenantId))
    .where(eq(logHeads.tenantId, tenantId))
  return found
}
