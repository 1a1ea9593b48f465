import type { Transaction } from '@/db/client'
import { inTenant } from '@/lib/access/in-tenant'
import { requirePermission, type TenantScope } from '@/lib/access/scope'
import { AppError } from '@/lib/errors/app-error'
import { readBundleAnchors } from '@/lib/integrity/anchor/read-anchors'
import type { BundleAnchor, BundleConsistency } from '@/lib/integrity/evidence/bundle'
import { findCheckpoint } from '@/lib/integrity/log/find-checkpoint'
import type { Log } from '@/lib/integrity/log/read-log'
import { readRanges } from '@/lib/integrity/log/read-ranges'
import { requireLog } from '@/lib/integrity/log/require-log'
import { edgeRanges } from '@/lib/integrity/tree/proof-ranges'
import type { SeqRange } from '@/lib/trail/blocks/search-blocks'
import { checkRange } from './check-range'
import { readContinued } from './continued-checkpoints'
import { findSeqs } from './find-seqs'
import type { Among } from './read-event-chunks'
import { checkNoticesSealed } from './read-notices'
import type { EvidenceRequest, EvidenceSelection } from './request'

/** What a bundle is made of, beside its events. */
export type Frame = {
  log: Log
  /** The part of the trail to look at, and what to take of it. */
  looked: SeqRange
  among: Among
  /** Roots of `edgeRanges`, where all of it is taken. */
  edges?: { left: Buffer[]; right: Buffer[] }
  consistency: BundleConsistency[]
  anchors: BundleAnchor[]
}

async function select(
  tx: Transaction,
  tenantId: string,
  log: Log,
  selection: EvidenceSelection,
): Promise<Pick<Frame, 'looked' | 'among' | 'edges'>> {
  if (selection.kind === 'filter') {
    const among = { filter: selection.filter, nowMs: Date.now() }
    return { looked: { from: log.firstSeq, to: log.size }, among }
  }
  if (selection.kind === 'ids') {
    const seqs = await findSeqs(tx, tenantId, log, selection.ids)
    return { looked: { from: seqs[0] as number, to: (seqs.at(-1) as number) + 1 }, among: { seqs } }
  }
  const looked = await checkRange(tx, tenantId, log, selection)
  const { left, right } = edgeRanges(looked.from, looked.to, log.size)
  const roots = await readRanges(tx, tenantId, [...left, ...right], log.size)
  const edges = { left: roots.slice(0, left.length), right: roots.slice(left.length) }
  return { looked, among: 'all', edges }
}

/** The log as its checkpoint of this size said it, with the cosignatures that were collected for it. */
async function logUnder(tx: Transaction, tenantId: string, log: Log, under = log.size): Promise<Log> {
  const note = await findCheckpoint(tx, tenantId, log, under)
  if (note?.startsWith(`${log.origin}\n`)) return { ...log, size: under, note }
  const message = `No checkpoint of ${under} events is kept of this log. GET /api/v1/log/checkpoints lists those that are.`
  throw new AppError('not_found', message)
}

/**
 * All of a bundle but its events, and everything that can be wrong with a request: `unavailable` before the first
 * checkpoint and right after an erasure, and what `checkRange`, `findSeqs` and `readContinued` throw.
 */
export async function readFrame(scope: TenantScope, request: EvidenceRequest): Promise<Frame> {
  requirePermission(scope, 'events:read')
  const { tenantId } = scope
  const { selection, since, under } = request
  const frame = await inTenant(scope, async (tx): Promise<Frame> => {
    const log = await logUnder(tx, tenantId, await requireLog(tx, tenantId), under)
    const selected = await select(tx, tenantId, log, selection)
    const anchored = await readBundleAnchors(tx, tenantId, log.epoch, log.size)
    // What is anchored is an older checkpoint: only with the proof that this one continues it does it say anything.
    const continued = [...since, ...anchored.map(({ note }) => note)]
    const consistency = await readContinued(tx, tenantId, log, continued)
    return { log, ...selected, consistency, anchors: anchored.map(({ anchor }) => anchor) }
  })
  const { log, looked, among } = frame
  if (among === 'all') await checkNoticesSealed(scope, log, (seq) => seq >= looked.from && seq < looked.to)
  else if ('seqs' in among) await checkNoticesSealed(scope, log, (seq) => among.seqs.includes(seq))
  return frame
}
