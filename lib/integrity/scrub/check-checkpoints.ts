import { sql } from 'drizzle-orm'
import type { Transaction } from '@/db/client'
import { openOwn } from './check-head'
import type { ScrubFinding } from './scrub-failure'
import type { SignedLog } from './signed-log'
import { arePartsWhole, earlierRoots, type SignedTree } from './tree-truth'

type Kept = { epoch: number; size: number; note: string; root?: Buffer; timeMs?: number }

/** When a tree had so many leaves, by a checkpoint whose signature was verified. Unix, milliseconds. */
export type Moment = { size: number; timeMs: number }

/** The kept checkpoints of sizes from `from` to `to`, and the nearest on both sides, which bound times of receipt. */
async function readKept(tx: Transaction, tenantId: string, from: number, to: number): Promise<Kept[]> {
  return tx.execute<Kept>(sql`
    select epoch, size, note from log_checkpoints where tenant_id = ${tenantId}
      and size >= coalesce((select max(size) from log_checkpoints where tenant_id = ${tenantId} and size < ${from}), 0)
      and size <= coalesce((select min(size) from log_checkpoints where tenant_id = ${tenantId} and size > ${to}), ${to})
    order by size, epoch`)
}

/** A closed epoch may have signed leaves that were lost, which is why it was closed: those sizes say nothing. */
function isOfTree({ epochs }: SignedLog, { epoch, size }: Kept, tree: SignedTree): boolean {
  const end = epochs.find((one) => one.epoch === epoch)?.finalSize ?? Number.POSITIVE_INFINITY
  return size <= Math.min(end, tree.size)
}

const finding = ({ epoch, size }: Kept, detail: string): ScrubFinding => ({
  reason: 'checkpoint_forged',
  place: { kind: 'checkpoint', epoch, size },
  detail,
})

/** Kept checkpoints of more leaves than the log has now: its end was cut off, and its head set back. */
async function findCutOff(tx: Transaction, log: SignedLog, tree: SignedTree): Promise<ScrubFinding[]> {
  const [larger] = await tx.execute<{ size: number }>(sql`
    select size from log_checkpoints where tenant_id = ${tree.tenantId} and epoch = ${log.epoch} and size > ${tree.size}
    order by size desc limit 1`)
  if (!larger) return []
  const detail = `A checkpoint of ${larger.size} events was kept, and now the log ends before ${tree.size}.`
  return [
    {
      reason: 'truncated',
      place: { kind: 'event', seq: tree.size, through: larger.size - 1 },
      detail,
    },
  ]
}

/**
 * Verifies the kept checkpoints of sizes from `from` to `to`: signature, and that the tree of today began like
 * theirs. Gives the moments that bound the times of receipt in between.
 */
export async function checkCheckpoints(
  tx: Transaction,
  log: SignedLog,
  tree: SignedTree,
  from: number,
  to: number,
): Promise<{ findings: ScrubFinding[]; moments: Moment[] }> {
  const findings = await findCutOff(tx, log, tree)
  const good: (Kept & { root: Buffer })[] = []
  for (const kept of await readKept(tx, tree.tenantId, from, to)) {
    const opened = await openOwn(log, kept.epoch, kept.note)
    if (typeof opened === 'string') findings.push(finding(kept, opened))
    else if (opened.size !== kept.size)
      findings.push(finding(kept, `It stands there for ${kept.size} events and signs ${opened.size}.`))
    else
      good.push({ ...kept, root: opened.root, ...(opened.timeMs !== undefined && { timeMs: opened.timeMs }) })
  }
  const comparable = good.filter((kept) => kept.size > 0 && isOfTree(log, kept, tree))
  const roots = await earlierRoots(
    tx,
    tree,
    comparable.map(({ size }) => size),
  )
  for (const [i, kept] of comparable.entries())
    if (roots && !roots[i]?.equals(kept.root) && (await arePartsWhole(tx, tree, kept.size)))
      findings.push(finding(kept, 'It signs another beginning of the log.'))
  const moments = good.flatMap(({ size, timeMs }) => (timeMs === undefined ? [] : [{ size, timeMs }]))
  return { findings, moments }
}
