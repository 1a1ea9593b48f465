import { countRecentDead } from './count-recent-dead'
import type { Delivery, Tools } from './destinations/contract'
import type { FrozenBatch } from './frozen-batch'
import type { Lane } from './lane'
import { type LeasedStream, SEND_TIMEOUT_MS } from './lease-stream'
import type { OpenStream } from './open-stream'
import type { Outcome } from './outcome'
import { type Ruling, rule } from './ruling'
import { nextSeqAfter, settle, type TriedBatch } from './settle'
import type { Leaving } from './update-leased'

export type Try = {
  stream: LeasedStream
  lane: Lane
  opened: OpenStream
}

/** What a ruled try leaves behind. `stream` is undefined if the lease was lost; `isOver` if it was given back. */
export type Tried = {
  stream: LeasedStream | undefined
  lane: Lane
  ruling: Ruling
  arrived: number
  isOver: boolean
  /** Planned in the same commit. */
  next: FrozenBatch | undefined
}

/** What comes after a try that went well: another batch, planned in the same commit, or the lease's end. */
export type Onward = { next?: FrozenBatch | undefined; leaving: Leaving }

const GOES_ON: Leaving = { keepLease: true }
const ENDS: Leaving = { keepLease: false }

/** Sends a batch, and gives what became of it; a send that Spoor itself cut off is `aborted`. */
export function sendBatch(
  { stream, opened }: Try,
  batch: FrozenBatch,
  tools: Tools,
  signal: AbortSignal,
): Promise<Outcome> {
  return opened.destination.send({ ...toDelivery(stream, opened, batch), signal }, tools)
}

/**
 * Rules on an outcome and writes it down. After a success the stream goes on as `onward` says; after a failure the
 * turn is over, unless only events were refused.
 */
export async function settleTry(
  { stream, lane, opened }: Try,
  batch: TriedBatch,
  outcome: Outcome,
  onward: (ruling: Ruling) => Onward | Promise<Onward>,
): Promise<Tried> {
  const { maySplit } = opened.kind
  const { maxEvents } = opened.destination
  const isPartial = maySplit && (outcome.verdict === 'failed' || outcome.verdict === 'refused')
  const isFirst = batch.firstSeq <= lane.nextSeq
  // What arrived behind batches that are not safe yet can't be passed over: it is sent again.
  const taken = isPartial && isFirst ? Math.max(0, Math.min(outcome.taken ?? 0, batch.seqs.length - 1)) : 0
  const ruling = rule(withTaken(outcome, taken), {
    ...stream,
    ...(taken > 0 && { consecutiveFailures: 0 }),
    events: batch.events - taken,
    maySplit,
    isFirst,
    recentDead: await recentDead(stream, lane, outcome),
    random: Math.random(),
  })
  const isWell = ruling.kind === 'delivered' || ruling.kind === 'accepted'
  const failed: Onward = { leaving: goesOnAfter(ruling) ? GOES_ON : ENDS }
  const { next, leaving } = isWell ? await onward(ruling) : failed
  const settlement = { lane, batch, outcome, ruling, taken, bounds: { maxEvents, maySplit }, leaving }
  const settled = await settle(stream, { ...settlement, next })
  return {
    stream: settled,
    lane: laneAfter(lane, batch, ruling, nextSeqAfter(settlement)),
    ruling,
    arrived: ruling.kind === 'delivered' ? batch.events : taken,
    isOver: !leaving.keepLease,
    next: next && settled && { ...next, mayHaveArrived: settled.mayHaveArrived === true },
  }
}

function withTaken(outcome: Outcome, taken: number): Outcome {
  return outcome.verdict === 'failed' || outcome.verdict === 'refused' ? { ...outcome, taken } : outcome
}

async function recentDead(stream: LeasedStream, { replay }: Lane, { verdict }: Outcome): Promise<number> {
  return verdict === 'refused' && !replay?.onlyDead ? countRecentDead(stream) : 0
}

/** Events that were refused are looked into at once; everything else waits. */
function goesOnAfter(ruling: Ruling): boolean {
  return ruling.kind === 'dead' || (ruling.kind === 'split' && ruling.delayMs === undefined)
}

function laneAfter(lane: Lane, batch: TriedBatch, ruling: Ruling, nextSeq: number): Lane {
  if (ruling.kind !== 'accepted') return { ...lane, nextSeq }
  const { ackId } = ruling
  const { idempotencyKey, firstSeq, lastSeq, events } = batch
  const taken = { idempotencyKey, firstSeq, lastSeq, events, ackId, isOverdue: false, ageMs: 0 }
  const others = lane.awaiting.filter((other) => other.firstSeq !== firstSeq)
  return { ...lane, awaiting: [...others, taken].sort((a, b) => a.firstSeq - b.firstSeq) }
}

function toDelivery(stream: LeasedStream, { secrets }: OpenStream, batch: FrozenBatch): Delivery {
  const { body, format, checkpoint, idempotencyKey, eventIds, firstSeq, lastSeq } = batch
  const { objectKey, previousKey, previousSha256, mayHaveArrived, firstReceivedAt } = batch
  return {
    body,
    events: batch.events,
    stream: {
      tenantId: stream.tenantId,
      destinationId: stream.destinationId,
      ...(stream.companionOf && { companionOf: stream.companionOf }),
    },
    firstSeq,
    lastSeq,
    firstReceivedAt,
    eventIds,
    format,
    checkpoint,
    idempotencyKey,
    sha256: batch.sha256.toString('hex'),
    ...(objectKey && { objectKey }),
    ...(previousKey &&
      previousSha256 && {
        previous: { objectKey: previousKey, sha256: Buffer.from(previousSha256).toString('hex') },
      }),
    capabilities: stream.capabilities,
    mayHaveArrived,
    secrets,
    owner: `${stream.tenantId} ${stream.destinationId}`,
    timeoutMs: SEND_TIMEOUT_MS,
  }
}

export const toTried = ({ idempotencyKey, firstSeq, lastSeq, events, seqs }: FrozenBatch): TriedBatch => ({
  idempotencyKey,
  firstSeq,
  lastSeq,
  events,
  seqs,
})
