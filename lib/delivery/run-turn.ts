import { database } from '@/db/client'
import type { SendRequest } from '@/lib/http/guarded-request'
import { countRecentDead } from './count-recent-dead'
import { openDestinationSecret } from './destination-secret'
import type { DestinationKind, OpenDestination, Settings } from './destinations/contract'
import { destinationKind } from './destinations/registry'
import type { FrozenBatch } from './frozen-batch'
import { holdAfterError } from './hold-after-error'
import { type LeasedStream, leaseStream, SEND_TIMEOUT_MS } from './lease-stream'
import type { StreamKey } from './matching-events'
import { planBatch } from './plan-batch'
import { reopenBatch } from './reopen-batch'
import { type Ruling, rule } from './ruling'
import { settle } from './settle'
import { updateLeased } from './update-leased'

/** A stream with a long backlog goes to the back of the queue after so long. */
const TURN_MS = 5_000

export type TurnTools = {
  request: SendRequest
  /** No further batch once it is aborted. */
  stopping: AbortSignal
  /** Cuts a running send off. */
  cutOff: AbortSignal
}

export type TurnCounts = { leased: boolean; batches: number; events: number; failed: number }

/**
 * Serves one stream: leases it, sends its batches one after the other until it has caught up, failed, or had its
 * time, and gives the lease back. What was sent but not settled, for whatever reason, is sent again.
 */
export async function runTurn(key: StreamKey, tools: TurnTools): Promise<TurnCounts> {
  const stream = await leaseStream(key)
  const turn = new Turn(tools)
  if (!stream) return turn.counts
  turn.counts.leased = true
  try {
    await turn.serve(stream, openStream(stream))
  } catch (error) {
    turn.counts.failed++
    await holdAfterError(stream, error)
  }
  return turn.counts
}

type Opened = {
  kind: DestinationKind
  destination: OpenDestination
  format: Settings
  secret: string | undefined
}

/** Reads configuration and secret anew at each turn, so that an edit counts from the next one. */
function openStream(stream: LeasedStream): Opened {
  const kind = destinationKind(stream.kind)
  const destination = kind.open(stream.config)
  const secret = openDestinationSecret(stream, stream.secretEnc)
  return { kind, destination, format: destination.format(stream.tenantSlug), secret }
}

class Turn {
  readonly counts: TurnCounts = { leased: false, batches: 0, events: 0, failed: 0 }
  readonly #tools: TurnTools
  readonly #deadline = performance.now() + TURN_MS

  constructor(tools: TurnTools) {
    this.#tools = tools
  }

  async serve(leased: LeasedStream, opened: Opened): Promise<void> {
    const reopened = await reopenBatch(leased, opened.kind, opened.format)
    if (reopened.step === 'lost') return
    let stream: LeasedStream | undefined = leased
    if (reopened.step === 'batch') stream = await this.#send(reopened.stream, reopened.batch, opened)
    while (stream) {
      if (!this.#mayGoOn(stream)) return release(stream)
      const plan = await planBatch(stream, opened.kind, opened.format)
      if (plan.step === 'lost') return
      if (plan.step === 'caught_up') return release(stream)
      stream = plan.step === 'advanced' ? plan.stream : await this.#send(plan.stream, plan.batch, opened)
    }
  }

  #mayGoOn({ state }: LeasedStream): boolean {
    return state === 'active' && performance.now() < this.#deadline && !this.#tools.stopping.aborted
  }

  /** The stream if the turn may go on, undefined if its lease has ended. */
  async #send(stream: LeasedStream, batch: FrozenBatch, opened: Opened): Promise<LeasedStream | undefined> {
    const { body, format, checkpoint, idempotencyKey, seqs } = batch
    const outcome = await opened.destination.send(
      {
        body,
        format,
        checkpoint,
        idempotencyKey,
        events: seqs.length,
        secret: opened.secret,
        owner: `${stream.tenantId} ${stream.destinationId}`,
        timeoutMs: SEND_TIMEOUT_MS,
        signal: this.#tools.cutOff,
      },
      this.#tools.request,
    )
    const ruling = rule(outcome, {
      events: seqs.length,
      consecutiveFailures: stream.consecutiveFailures,
      deadRun: stream.deadRun,
      recentDead: outcome.verdict === 'refused' ? await countRecentDead(stream) : 0,
      random: Math.random(),
    })
    const goesOn = mayGoOnAfter(ruling)
    const settled = await settle(stream, batch, outcome, ruling, { keepLease: goesOn })
    if (settled && ruling.kind === 'delivered') {
      this.counts.batches++
      this.counts.events += seqs.length
    } else if (ruling.kind !== 'released') this.counts.failed++
    return goesOn ? settled : undefined
  }
}

function mayGoOnAfter(ruling: Ruling): boolean {
  if (ruling.kind === 'split') return ruling.delayMs === undefined
  return ruling.kind === 'delivered' || ruling.kind === 'dead'
}

async function release(stream: LeasedStream): Promise<void> {
  await updateLeased(database('deliver'), stream, {}, { keepLease: false })
}
