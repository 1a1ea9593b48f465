import { type SQL, sql } from 'drizzle-orm'
import { insertAttempts, type TriedPart } from './attempt-rows'
import type { FrozenBatch } from './frozen-batch'
import { countHour } from './hour-row'
import { ACK_SECONDS, type Lane } from './lane'
import type { LeasedStream } from './lease-stream'
import type { StreamKey } from './matching-events'
import { mayHaveArrived, type Outcome } from './outcome'
import { insertBatch, type PlannedStream, mayHaveArrived as plannedMayHaveArrived } from './plan-batch'
import type { WindowChanges } from './rules/window-changes'
import { writeWindows } from './rules/write-windows'
import type { Ruling } from './ruling'
import { type Bounds, streamChanges } from './stream-changes'
import { type Leaving, runHeld, whileHeld } from './update-leased'

/** What is known of a batch that was tried. */
export type TriedBatch = {
  idempotencyKey: string
  firstSeq: number
  lastSeq: number
  events: number
  /** Of its events; empty where nobody needs to know them. */
  seqs: readonly number[]
  /** What a rule learned of its range. */
  windows?: WindowChanges | undefined
}

export type Settlement = {
  lane: Lane
  /** Undefined where we failed before there was one. */
  batch?: TriedBatch
  outcome: Outcome
  ruling: Ruling
  /** So many events at the beginning arrived although the try failed. */
  taken: number
  bounds: Bounds
  /** Planned in the same commit, if the stream goes on with it. */
  next?: FrozenBatch | undefined
  leaving: Leaving
}

const BATCH_STATES = {
  delivered: 'done',
  accepted: 'awaiting_ack',
  dead: 'dead',
  split: 'split',
  held: 'planned',
  // Planned anew later: an open batch would keep an overdue one in front of it from being sent again.
  postponed: 'replaced',
  disabled: 'planned',
} as const

/**
 * Puts down what became of a batch, in one statement that counts only while the lease is ours. Undefined means
 * superseded: another runner answers for the stream, and the cursor stays where it puts it.
 */
export async function settle(
  stream: LeasedStream,
  settlement: Settlement,
): Promise<(LeasedStream & Partial<PlannedStream>) | undefined> {
  const { lane, batch, outcome, ruling, taken, bounds, next, leaving } = settlement
  const arrived = ruling.kind === 'delivered' ? (batch?.events ?? 0) : taken
  // A replay's dead letters were set aside before, and are not counted again.
  const countsDead = ruling.kind === 'dead' && !lane.replay?.onlyDead
  const nextSeq = nextSeqAfter(settlement)
  const changes = {
    ...streamChanges(stream, { ruling, outcome, arrived, bounds, countsDead }),
    ...(!lane.replay && nextSeq !== lane.nextSeq && { nextSeq }),
  }
  const held = whileHeld(stream, changes, leaving)
  if (ruling.kind === 'released')
    return runHeld(stream, sql`${held}, marked as (${markOpen(stream)}) select * from held`)
  const parts = toParts(settlement)
  const delayMs = 'delayMs' in ruling ? ruling.delayMs : undefined
  const trigger = lane.replay ? 'replay' : 'auto'
  const counts = {
    sentBatches: arrived > 0 ? 1 : 0,
    sentEvents: arrived,
    failedAttempts: ruling.kind === 'delivered' || ruling.kind === 'accepted' ? 0 : 1,
    deadEvents: countsDead ? 1 : 0,
  }
  const clauses = [
    sql`attempts as (${insertAttempts(stream, parts, trigger, outcome, delayMs)})`,
    sql`hours as (${countHour(stream, counts)})`,
    ...(batch
      ? [sql`settled as (${settleBatch(stream, batch.idempotencyKey, ruling, outcome)})`]
      : [sql`marked as (${markOpen(stream)})`]),
    ...(ruling.kind === 'dead' ? [sql`dead as (${insertDead(stream, batch, outcome)})`] : []),
    ...(lane.replay ? [sql`replayed as (${moveReplay(stream, lane.replay.id, nextSeq, arrived)})`] : []),
    ...(lane.replay && nextSeq > lane.nextSeq && ruling.kind !== 'dead'
      ? [sql`resolved as (${resolveDead(stream, lane.nextSeq, nextSeq)})`]
      : []),
    ...(ruling.kind === 'delivered' && batch?.windows ? writeWindows(stream, batch.windows) : []),
    // Behind `settled`, because only one batch may be planned at a time.
    ...(next ? [sql`planned as (${insertBatch(stream, next, sql`cross join settled`)})`] : []),
  ]
  const columns = next ? sql`held.*, ${plannedMayHaveArrived}` : sql`held.*`
  return runHeld(stream, sql`${held}, ${sql.join(clauses, sql`, `)} select ${columns} from held`)
}

/** Where the lane's cursor stands after it: behind what arrived or was set aside. */
export function nextSeqAfter({ lane, batch, ruling, taken }: Omit<Settlement, 'leaving'>): number {
  if (!batch) return lane.nextSeq
  if (ruling.kind === 'delivered' || ruling.kind === 'dead') return batch.lastSeq + 1
  const last = taken > 0 ? batch.seqs[taken - 1] : undefined
  return last === undefined ? lane.nextSeq : last + 1
}

/** The lines of the attempts: what arrived and what did not are told apart, so that sums are true. */
function toParts({ batch, ruling, taken }: Settlement): TriedPart[] {
  const outcome = ruling.kind === 'postponed' ? 'held' : ruling.kind
  if (!batch) return [{ idempotencyKey: null, firstSeq: null, lastSeq: null, events: 0, outcome }]
  const { idempotencyKey, firstSeq, lastSeq, events, seqs } = batch
  const whole = { idempotencyKey, firstSeq, lastSeq, events, outcome }
  const lastTaken = taken > 0 ? seqs[taken - 1] : undefined
  if (lastTaken === undefined) return [whole]
  return [
    { ...whole, lastSeq: lastTaken, events: taken, outcome: 'delivered' },
    { ...whole, firstSeq: lastTaken + 1, events: events - taken },
  ]
}

const ofStream = ({ tenantId, destinationId }: StreamKey, alias: string): SQL =>
  sql`${sql.raw(alias)}.tenant_id = ${tenantId}::uuid and ${sql.raw(alias)}.destination_id = ${destinationId}::uuid`

/** A person may have put the batch aside while it was being sent, and then only its arrival counts. */
function settleBatch(
  key: StreamKey,
  idempotencyKey: string,
  ruling: Exclude<Ruling, { kind: 'released' }>,
  outcome: Outcome,
): SQL {
  const state = BATCH_STATES[ruling.kind]
  const ackId = ruling.kind === 'accepted' ? ruling.ackId : null
  return sql`update delivery_batches b set attempts = b.attempts + 1, ack_id = ${ackId}::text,
      may_have_arrived = b.may_have_arrived or ${mayHaveArrived(outcome)}::boolean,
      ack_deadline = ${ackId === null ? sql`null` : sql`now() + ${ACK_SECONDS}::int * interval '1 s'`},
      ${
        state === 'planned'
          ? sql`state = case b.state when 'awaiting_ack' then 'planned' else b.state end`
          : state === 'awaiting_ack'
            ? sql`state = case b.state when 'replaced' then b.state else ${state}::text end,
                settled_at = case b.state when 'replaced' then b.settled_at else now() end`
            : sql`state = ${state}::text, settled_at = now()`
      }
    from held where ${ofStream(key, 'b')} and b.idempotency_key = ${idempotencyKey}::text
    returning b.idempotency_key`
}

/** A send was cut off, or an error of ours came between: what was planned may have arrived. */
function markOpen(key: StreamKey): SQL {
  return sql`update delivery_batches b set may_have_arrived = true from held
    where ${ofStream(key, 'b')} and b.state = 'planned'`
}

/** An event that is refused again keeps the time at which it was set aside. */
function insertDead(
  { tenantId, destinationId }: StreamKey,
  batch: TriedBatch | undefined,
  { message, status, answer }: Outcome,
): SQL {
  return sql`insert into delivery_dead as d (tenant_id, destination_id, seq, reason, status, answer)
    select ${tenantId}::uuid, ${destinationId}::uuid, ${batch?.seqs[0] ?? null}::bigint, ${message}::text,
      ${status ?? null}::smallint, ${answer ?? null}::text from held
    on conflict (tenant_id, destination_id, seq) do update set reason = excluded.reason, status = excluded.status,
      answer = excluded.answer, resolved_at = null`
}

export function moveReplay(key: StreamKey, id: string, nextSeq: number, events: number): SQL {
  return sql`update delivery_replays r set next_seq = ${nextSeq}::bigint, sent_events = r.sent_events + ${events}::int
    from held where ${ofStream(key, 'r')} and r.id = ${id}::uuid and r.state = 'running'`
}

/** What was set aside and got through after all. */
export function resolveDead(key: StreamKey, from: number, before: number): SQL {
  return sql`update delivery_dead d set resolved_at = now()
    from held where ${ofStream(key, 'd')} and d.seq >= ${from}::bigint and d.seq < ${before}::bigint and d.resolved_at is null`
}
