import { and, desc, eq, gt, inArray, lte } from 'drizzle-orm'
import type { Transaction } from '@/db/client'
import { logAnchors } from '@/db/schema/anchors'
import { logCheckpoints } from '@/db/schema/logs'
import { ANCHOR_TENANT_ID } from '@/lib/access/instance-tenant'
import type { BundleAnchor } from '@/lib/integrity/evidence/bundle'
import { type Log, readLog } from '@/lib/integrity/log/read-log'
import { readInclusion } from '@/lib/integrity/log/read-ranges'
import { type Anchor, cosignedNote, toAnchor } from './anchor'
import { asAnchorLog } from './as-anchor-log'

/** The newest anchored checkpoint is sealed in the anchor log within seconds; until then the one before it serves. */
const CANDIDATES = 3

/** Where kept checkpoints of these sizes are anchored, in the order in which that happened. Runs as the tenant. */
export async function readAnchors(
  tx: Transaction,
  tenantId: string,
  epoch: number,
  sizes: readonly number[],
): Promise<Map<number, Anchor[]>> {
  const found = new Map<number, Anchor[]>()
  if (sizes.length === 0) return found
  const rows = await tx
    .select()
    .from(logAnchors)
    .where(
      and(
        eq(logAnchors.tenantId, tenantId),
        eq(logAnchors.epoch, epoch),
        inArray(logAnchors.size, [...sizes]),
      ),
    )
    .orderBy(logAnchors.at)
  for (const row of rows) found.set(row.size, [...(found.get(row.size) ?? []), toAnchor(row)])
  return found
}

/** A checkpoint that the anchor log holds. A bundle of a larger one must prove that it continues this one. */
export type AnchoredCheckpoint = { size: number; note: string; anchor: BundleAnchor }

/**
 * The newest checkpoint of at most `size` leaves that the anchor log proves to hold, with the line that says so in
 * a bundle; empty if there is none yet. Runs as the tenant, and in between as the anchor log's, which is public.
 */
export async function readBundleAnchors(
  tx: Transaction,
  tenantId: string,
  epoch: number,
  size: number,
): Promise<AnchoredCheckpoint[]> {
  const anchored = await tx
    .select({ size: logAnchors.size, note: logCheckpoints.note, data: logAnchors.data })
    .from(logAnchors)
    .innerJoin(
      logCheckpoints,
      and(
        eq(logCheckpoints.tenantId, logAnchors.tenantId),
        eq(logCheckpoints.epoch, logAnchors.epoch),
        eq(logCheckpoints.size, logAnchors.size),
      ),
    )
    .where(
      and(
        eq(logAnchors.tenantId, tenantId),
        eq(logAnchors.epoch, epoch),
        eq(logAnchors.kind, 'anchor-log'),
        lte(logAnchors.size, size),
      ),
    )
    .orderBy(desc(logAnchors.size))
    .limit(CANDIDATES)
  return asAnchorLog(tx, tenantId, async () => {
    const log = await readLog(tx, ANCHOR_TENANT_ID)
    for (const { size, note, data } of anchored) {
      const { seq } = data as { seq: number }
      if (!log || seq >= log.size) continue
      const proof = await proveEntry(tx, log, seq)
      return [{ size, note, anchor: { kind: 'anchor-log', checkpoint: note, proof } }]
    }
    return []
  })
}

/** The C2SP tlog-proof of an entry, under a checkpoint that others have cosigned if there is one. */
async function proveEntry(tx: Transaction, log: Log, seq: number): Promise<string> {
  const { size, note } = (await readWitnessed(tx, log.epoch, seq)) ?? log
  const path = await readInclusion(tx, ANCHOR_TENANT_ID, seq, size)
  const hashes = path.map((hash) => hash.toString('base64'))
  return ['c2sp.org/tlog-proof@v1', `index ${seq}`, ...hashes, '', note].join('\n')
}

async function readWitnessed(
  tx: Transaction,
  epoch: number,
  seq: number,
): Promise<{ size: number; note: string } | undefined> {
  const isOurs = and(eq(logAnchors.tenantId, ANCHOR_TENANT_ID), eq(logAnchors.epoch, epoch))
  const [latest] = await tx
    .select({ size: logAnchors.size })
    .from(logAnchors)
    .where(and(isOurs, eq(logAnchors.kind, 'witness'), gt(logAnchors.size, seq)))
    .orderBy(desc(logAnchors.size))
    .limit(1)
  if (!latest) return undefined
  const { size } = latest
  const [kept] = await tx
    .select({ note: logCheckpoints.note })
    .from(logCheckpoints)
    .where(
      and(
        eq(logCheckpoints.tenantId, ANCHOR_TENANT_ID),
        eq(logCheckpoints.epoch, epoch),
        eq(logCheckpoints.size, size),
      ),
    )
  const anchors = await readAnchors(tx, ANCHOR_TENANT_ID, epoch, [size])
  return kept && { size, note: cosignedNote(kept.note, anchors.get(size) ?? []) }
}
