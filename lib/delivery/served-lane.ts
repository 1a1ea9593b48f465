import { collectAcks } from './collect-acks'
import type { FrozenBatch } from './frozen-batch'
import { hasRoomInFlight, type Lane, MAX_IN_FLIGHT, placeIn } from './lane'
import { moveStreamTo } from './move-stream-to'
import { planBatch } from './plan-batch'
import { type Prepared, prepareBatch } from './prepare-batch'
import { prepareDigest } from './prepare-digest'
import { type PreviousObject, readPreviousObject, toPrevious } from './previous-object'
import { reopenBatch } from './reopen-batch'
import { finishReplay, moveReplayTo } from './replays'
import type { WindowChanges } from './rules/window-changes'
import type { Ruling } from './ruling'
import type { Due } from './schedule'
import { type Onward, sendBatch, settleTry, toTried } from './try-batch'
import type { Turn } from './turn'

/** `went_on`: look again. `idle`: nothing to do in this lane now. `over`: the lease was given back, or lost. */
type Step = 'went_on' | 'idle' | 'over'
type Planned = { batch: FrozenBatch; hasMore: boolean; windows?: WindowChanges | undefined }

/** A fresh batch is acknowledged within a second or two, if at all. */
const FIRST_POLL: Due = { inMs: 1_000 }

/** How far the trail was sealed when a batch was planned: the second line of its checkpoint (C2SP tlog-checkpoint). */
const sizeOf = ({ checkpoint }: FrozenBatch) => Number(checkpoint.split('\n', 2)[1])

/** A cursor while a turn serves it, one step after the other. */
export class ServedLane {
  lane: Lane
  readonly #turn: Turn
  /** From an earlier turn. */
  #mayHaveOpen: boolean
  /** What is taken in this turn is asked for in a later one. */
  #hasPolled: boolean
  /** Undefined until it was looked for. */
  #previous: { object: PreviousObject | undefined } | undefined
  /** Written down together with the end of the one before it. */
  #planned: Planned | undefined
  /** Read while the one before it was being sent; nothing else knows of it. */
  #ahead: Prepared | undefined

  constructor(turn: Turn, lane: Lane, mayHaveOpen: boolean) {
    this.#turn = turn
    this.lane = lane
    this.#mayHaveOpen = mayHaveOpen
    this.#hasPolled = lane.awaiting.length === 0
  }

  async step(): Promise<Step> {
    const turn = this.#turn
    if (turn.isChannel && (turn.told || this.#isBehindReplays())) return this.#end()
    if (!this.#hasPolled) return this.#collect()
    if (this.#mayHaveOpen) return this.#sendOpen()
    if (!hasRoomInFlight(this.lane, turn.stream.breaker === 'closed')) return 'idle'
    if (this.#planned) return this.#send(this.#planned)
    const prepared = this.#ahead ?? (await this.#prepare(this.lane, placeIn(this.lane)))
    this.#ahead = undefined
    if (prepared.step === 'caught_up') return this.#end()
    if (prepared.step === 'stopped') return this.#stop()
    if (prepared.step === 'advance') return this.#advance(prepared)
    const planned = await planBatch(turn.stream, prepared.batch)
    if (!turn.keep(planned)) return 'over'
    const batch = { ...prepared.batch, mayHaveArrived: planned?.mayHaveArrived === true }
    return this.#send({ ...prepared, batch })
  }

  /**
   * What a person has sent again goes first: it is few messages, and they wait for them. One that fails lets what is
   * new pass, unless that has a time of its own, at which both come.
   */
  #isBehindReplays(): boolean {
    const { stream, opened } = this.#turn
    const isPassing = opened.destination.pace !== undefined && stream.consecutiveFailures > 0
    return !this.lane.replay && stream.runningReplays > 0 && !isPassing
  }

  async #collect(): Promise<Step> {
    const turn = this.#turn
    this.#hasPolled = true
    const { stream, opened, tools, counts } = turn
    const given = { stream, lane: this.lane, opened, hasPlanned: this.#mayHaveOpen }
    const collected = await collectAcks(given, tools, tools.cutOff)
    counts.batches += collected.batches
    counts.events += collected.arrived
    if (collected.isOver) counts.failed++
    this.lane = collected.lane
    return turn.keep(collected.stream) && !collected.isOver ? 'went_on' : 'over'
  }

  async #sendOpen(): Promise<Step> {
    const turn = this.#turn
    this.#mayHaveOpen = false
    const reopened = await reopenBatch(turn.stream, this.lane, turn.opened, () => turn.stayOn())
    if (reopened.step === 'lost') return 'over'
    if (reopened.step === 'stopped') return this.#stop()
    if (reopened.step === 'none') return turn.keep(reopened.stream) ? 'went_on' : 'over'
    const { batch, windows } = reopened
    // People's further message of that time still comes; what came in since waits for the next time.
    const { readable: end } = turn.horizon
    const readable = turn.isChannel ? Math.min(sizeOf(batch), end) : end
    const hasMore = batch.lastSeq + 1 < Math.min(readable, placeIn(this.lane).before)
    return this.#send({ batch, hasMore, windows })
  }

  async #prepare(lane: Lane, place: { from: number; before: number }): Promise<Prepared> {
    const turn = this.#turn
    const { stream, opened, horizon } = turn
    if (turn.isChannel) return prepareDigest(stream, opened, horizon, { ...place, lane }, () => turn.stayOn())
    if (opened.destination.objectKey && !this.#previous)
      this.#previous = { object: await readPreviousObject(stream, lane) }
    const previous = this.#previous?.object
    return prepareBatch(stream, opened, horizon, { ...place, lane, previous, maxEvents: this.#limit() })
  }

  /** Events of the next batch at most. What is never divided is bound by its kind alone. */
  #limit(): number {
    const { stream, opened } = this.#turn
    const { maxEvents } = opened.destination
    if (!opened.kind.maySplit) return maxEvents
    return stream.breaker === 'open' ? 1 : Math.min(stream.batchLimit, maxEvents)
  }

  async #send({ batch, hasMore, windows }: Planned): Promise<Step> {
    const turn = this.#turn
    const { stream, opened, tools } = turn
    const given = { stream, lane: this.lane, opened }
    this.#planned = undefined
    const ahead = hasMore && this.#mayReadAhead() ? this.#readBehind(batch) : undefined
    const outcome = await sendBatch(given, batch, tools, tools.cutOff)
    const tried = await settleTry(given, { ...toTried(batch), windows }, outcome, (ruling) =>
      turn.isChannel ? this.#onwardAfterTold(batch, hasMore) : this.#onward(ruling, hasMore, ahead),
    )
    this.#count(tried.ruling, tried.arrived, tried.stream !== undefined)
    this.lane = tried.lane
    if (!turn.keep(tried.stream) || tried.isOver) return 'over'
    const isWell = tried.ruling.kind === 'delivered' || tried.ruling.kind === 'accepted'
    if (isWell && batch.objectKey) this.#previous = { object: toPrevious(batch) }
    const next = isWell ? await ahead : undefined
    if (tried.next && next?.step === 'batch') this.#planned = { batch: tried.next, hasMore: next.hasMore }
    if (next?.step === 'advance') this.#ahead = next
    return 'went_on'
  }

  /** While the receiver is well and takes full batches, the next one is read and encoded meanwhile. */
  #mayReadAhead(): boolean {
    const { stream, opened, mayReadAhead, isChannel } = this.#turn
    const isWell = stream.breaker === 'closed' && stream.consecutiveFailures === 0
    const isInOrder = placeIn(this.lane).before === Number.POSITIVE_INFINITY
    return mayReadAhead && !isChannel && isWell && isInOrder && this.#limit() === opened.destination.maxEvents
  }

  /** Undefined if it can't be read: whoever needs it reads it again, and fails then. */
  async #readBehind(batch: FrozenBatch): Promise<Prepared | undefined> {
    const { stream, opened, horizon } = this.#turn
    const place = { from: batch.lastSeq + 1, before: Number.POSITIVE_INFINITY, lane: this.lane }
    const previous = toPrevious(batch)
    return prepareBatch(stream, opened, horizon, { ...place, previous, maxEvents: this.#limit() }).catch(
      () => undefined,
    )
  }

  async #onward(
    ruling: Ruling,
    hasMore: boolean,
    ahead: Promise<Prepared | undefined> | undefined,
  ): Promise<Onward> {
    const prepared = await ahead
    const turn = this.#turn
    const inFlight = this.lane.awaiting.length + (ruling.kind === 'accepted' ? 1 : 0)
    const isBlocked = inFlight >= MAX_IN_FLIGHT
    const hasOthers = turn.stream.runningReplays > 0
    const goesOn = turn.mayGoOn() && hasMore && !isBlocked
    // A replay gets a batch of each turn, even if the stream itself would need all of it.
    const mayServeOthers = hasOthers && (this.lane.replay ? turn.mayGoOn() : turn.isWanted())
    if (goesOn || mayServeOthers) {
      const next = goesOn && prepared?.step === 'batch' ? prepared.batch : undefined
      return { next, leaving: { keepLease: true } }
    }
    const due = inFlight > 0 ? FIRST_POLL : hasMore || hasOthers ? 'at_once' : 'next_time'
    return { leaving: { keepLease: false, due } }
  }

  /** People are told once a turn. Only where a replay may have come to its end something is left to be done. */
  #onwardAfterTold({ events }: FrozenBatch, hasMore: boolean): Onward {
    const turn = this.#turn
    const { pace } = turn.opened.destination
    const counted = pace && { told: { pace, events } }
    // Behind a replay the stream's own message may wait, whose time has come too.
    turn.told = { hasMore: hasMore || this.lane.replay !== null }
    if (turn.stream.runningReplays > 0) return { leaving: { keepLease: true, ...counted } }
    return { leaving: { keepLease: false, due: turn.dueAfterTold(hasMore), ...counted } }
  }

  #count(ruling: Ruling, arrived: number, isSettled: boolean): void {
    const { counts } = this.#turn
    if (isSettled && arrived > 0) {
      counts.batches++
      counts.events += arrived
    }
    const isFailure = !['delivered', 'accepted', 'released'].includes(ruling.kind)
    if (isFailure || (!isSettled && ruling.kind !== 'released')) counts.failed++
  }

  /** Nothing before `to` is for this lane. Behind what awaits its acknowledgement the cursor can't pass. */
  async #advance({ to, windows }: Prepared & { step: 'advance' }): Promise<Step> {
    const turn = this.#turn
    if (this.lane.awaiting.length > 0) return 'idle'
    const held = this.lane.replay
      ? await moveReplayTo(turn.stream, this.lane, to)
      : await moveStreamTo(turn.stream, to, windows)
    this.lane = { ...this.lane, nextSeq: to }
    return turn.keep(held) ? 'went_on' : 'over'
  }

  /** The lease was lost, unless we are told to stop: then it is given back. */
  #stop(): Step {
    return this.#turn.isWanted() ? 'over' : 'idle'
  }

  async #end(): Promise<Step> {
    const { replay, nextSeq } = this.lane
    if (!replay || nextSeq < replay.toSeq) return 'idle'
    return this.#turn.keep(await finishReplay(this.#turn.stream, replay)) ? 'went_on' : 'over'
  }
}
