import { randomUUID } from 'node:crypto'
import { sql } from 'drizzle-orm'
import { type Database, database } from '@/db/client'
import { deliveryDead, deliveryStreams } from '@/db/schema/delivery'
import { growLimit } from './batch-limit'
import type { FrozenBatch } from './frozen-batch'
import { insertAttempt } from './insert-attempt'
import type { LeasedStream } from './lease-stream'
import type { Outcome } from './outcome'
import type { Ruling } from './ruling'
import { settleBatch } from './settle-batch'
import { type StreamChanges, updateLeased } from './update-leased'

const BATCH_STATES = {
  delivered: 'done',
  dead: 'dead',
  split: 'split',
  held: 'planned',
  disabled: 'planned',
} as const

const s = deliveryStreams

/** Counters move only here, in the commit that also moves the cursor and writes the attempt. */
function streamChanges(
  ruling: Ruling,
  outcome: Outcome,
  stream: LeasedStream,
  batch?: FrozenBatch,
): StreamChanges {
  if (ruling.kind === 'released') return {}
  const told = { lastStatus: outcome.status ?? null, lastAnswer: outcome.answer ?? null }
  const past = batch ? batch.lastSeq + 1 : stream.nextSeq
  if (ruling.kind === 'delivered')
    return {
      ...told,
      nextSeq: past,
      batchLimit: growLimit(stream.batchLimit, outcome.ms),
      consecutiveFailures: 0,
      firstFailureAt: null,
      deadRun: 0,
      dueAt: sql`now()`,
      sentBatches: sql`${s.sentBatches} + 1`,
      sentEvents: sql`${s.sentEvents} + ${batch?.seqs.length ?? 0}`,
      sentAt: sql`now()`,
    }
  const failed = {
    ...told,
    failedAttempts: sql`${s.failedAttempts} + 1`,
    failedAt: sql`now()`,
    failMessage: ruling.kind === 'held' ? ruling.message : outcome.message,
  }
  const limit = ruling.kind === 'split' && { batchLimit: ruling.limit }
  if (ruling.kind === 'split' && ruling.delayMs === undefined) return { ...failed, ...limit }
  if (ruling.kind === 'dead')
    return {
      ...failed,
      nextSeq: past,
      batchLimit: 2,
      deadRun: stream.deadRun + 1,
      deadEvents: sql`${s.deadEvents} + 1`,
    }
  const counted = {
    ...failed,
    consecutiveFailures: stream.consecutiveFailures + 1,
    firstFailureAt: sql`coalesce(${s.firstFailureAt}, now())`,
  }
  if (ruling.kind === 'disabled')
    return {
      ...counted,
      reason: outcome.message,
      state: sql`case when ${s.state} = 'active' then 'disabled' else ${s.state} end`,
    }
  return { ...counted, ...limit, dueAt: sql`now() + ${ruling.delayMs} * interval '1 ms'` }
}

async function insertDead(tx: Database, stream: LeasedStream, seq: number, outcome: Outcome): Promise<void> {
  const { tenantId, destinationId } = stream
  const { message, status, answer } = outcome
  await tx
    .insert(deliveryDead)
    .values({ tenantId, destinationId, seq, reason: message, status, answer })
    .onConflictDoNothing()
}

/**
 * Puts down what became of a batch, in one transaction that counts only while the lease is ours. Undefined means
 * superseded: another runner answers for the stream, and the cursor stays where it puts it.
 */
export async function settle(
  stream: LeasedStream,
  batch: FrozenBatch | undefined,
  outcome: Outcome,
  ruling: Ruling,
  { keepLease }: { keepLease: boolean },
): Promise<LeasedStream | undefined> {
  return database('deliver').transaction(async (tx) => {
    const held = await updateLeased(tx, stream, streamChanges(ruling, outcome, stream, batch), { keepLease })
    if (ruling.kind === 'released') return held
    await insertAttempt(tx, stream, {
      id: randomUUID(),
      trigger: 'auto',
      outcome: held ? ruling.kind : 'superseded',
      told: outcome,
      batch,
      delayMs: held && 'delayMs' in ruling ? ruling.delayMs : undefined,
    })
    if (!held) return undefined
    if (batch) await settleBatch(tx, stream, batch.idempotencyKey, BATCH_STATES[ruling.kind])
    const [seq] = batch?.seqs ?? []
    if (ruling.kind === 'dead' && seq !== undefined) await insertDead(tx, stream, seq, outcome)
    return held
  })
}
