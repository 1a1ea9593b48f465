import type { Tools } from './destinations/contract'
import { ACK_SECONDS } from './lane'
import { SEND_TIMEOUT_MS } from './lease-stream'
import type { Outcome } from './outcome'
import { settleAcks } from './settle-acks'
import { settleTry, type Tried, type Try } from './try-batch'

/** What is known after asking. `arrived` and `batches` count what is safe now. */
export type Collected = Omit<Tried, 'ruling' | 'next'> & { batches: number }

/**
 * Asks the receiver which batches it has acknowledged, and settles those that have it. Of those that waited too
 * long the first one is ruled as a failure of the receiver's: it goes again, as it was frozen.
 */
export async function collectAcks(
  given: Try & { hasPlanned: boolean },
  tools: Tools,
  signal: AbortSignal,
): Promise<Collected> {
  const before = given.lane.awaiting.length
  const answer = await askForAcks(given, tools, signal)
  let { stream, lane } = given
  const { maxEvents } = given.opened.destination
  const bounds = { maxEvents, maySplit: given.opened.kind.maySplit }
  if (answer) {
    const settled = await settleAcks(stream, lane, { ...answer, bounds })
    if (!settled) return { stream: undefined, lane, arrived: 0, batches: 0, isOver: true }
    ;({ stream, lane } = settled)
  }
  const batches = before - lane.awaiting.length
  const safe = given.lane.awaiting.slice(0, batches).reduce((sum, { events }) => sum + events, 0)
  // Only one batch may be on its way again at a time.
  const overdue = given.hasPlanned ? undefined : lane.awaiting.find(({ isOverdue }) => isOverdue)
  if (!overdue) return { stream, lane, arrived: safe, batches, isOver: false }
  const failed = await settleTry({ ...given, stream, lane }, { ...overdue, seqs: [] }, TOO_LATE, () => {
    throw new Error('A failure was ruled a success.')
  })
  return { ...failed, arrived: safe, batches }
}

const TOO_LATE: Outcome = {
  verdict: 'failed',
  message: `The receiver did not acknowledge a batch within ${ACK_SECONDS / 60} minutes. It is sent again, so its events may be there twice.`,
  ms: 0,
}

type Answer = { keys: string[]; message: string; capabilities?: { ack: false } }

/** Undefined if nothing new is known. */
async function askForAcks(
  { stream, lane, opened }: Try,
  tools: Tools,
  signal: AbortSignal,
): Promise<Answer | undefined> {
  const { destination, secrets } = opened
  const asked = lane.awaiting.filter(({ ackId }) => ackId !== null)
  const all = { keys: lane.awaiting.map(({ idempotencyKey }) => idempotencyKey) }
  // A person has switched it off.
  if (!destination.pollAcks) return { ...all, message: 'The receiver took it.' }
  const known =
    lane.awaiting.length > asked.length ? { keys: [], message: 'The receiver took it.' } : undefined
  if (asked.length === 0) return known
  const owner = `${stream.tenantId} ${stream.destinationId}`
  const call = { secrets, owner, timeoutMs: SEND_TIMEOUT_MS, signal }
  const ids = asked.map(({ ackId }) => ackId ?? '')
  const answer = await destination.pollAcks(ids, call, tools)
  if (answer.verdict === 'failed') return known
  if (answer.verdict === 'unsupported')
    return { ...all, message: answer.message, capabilities: { ack: false } }
  const acked = new Set(answer.acked)
  const keys = asked.filter(({ ackId }) => acked.has(ackId ?? '')).map(({ idempotencyKey }) => idempotencyKey)
  return keys.length > 0 ? { keys, message: 'The receiver acknowledged it.' } : known
}
