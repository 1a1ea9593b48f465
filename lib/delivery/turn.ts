import { readHorizon } from './horizon'
import { type Lane, nextPollMs, readAwaiting } from './lane'
import type { LeasedStream } from './lease-stream'
import type { OpenStream } from './open-stream'
import { finishReplay, readReplay } from './replays'
import type { TurnCounts, TurnTools } from './run-turn'
import type { Due } from './schedule'
import { ServedLane } from './served-lane'
import { updateLeased } from './update-leased'

/** A stream with a long backlog goes to the back of the queue after so long. */
const TURN_MS = 5_000
/** A replay may reach into what is not sealed yet: look again so much later. */
const UNSEALED_MS = 1_000
/** A further message to the same people comes so much later: receivers of messages refuse more than one a second. */
const TOLD_MS = 1_000
/** A lease is renewed after so long a piece of work. */
const LATE_MS = 10_000

/** One stream's turn under its lease: its own lane first, and its replays after it or between. */
export class Turn {
  /** As the last commit left it. */
  stream: LeasedStream
  horizon: LeasedStream['horizon']
  readonly opened: OpenStream
  readonly tools: TurnTools
  readonly counts: TurnCounts
  /** Whether there is memory to read the next batch while one is being sent. */
  readonly mayReadAhead: boolean
  /** Set once a message has gone to people, of which there is one a turn. `hasMore`: it left some for a further one. */
  told: { hasMore: boolean } | undefined
  #heldAt = performance.now()
  readonly #deadline = performance.now() + TURN_MS

  constructor(
    stream: LeasedStream,
    given: { opened: OpenStream; tools: TurnTools; counts: TurnCounts; mayReadAhead: boolean },
  ) {
    this.stream = stream
    this.horizon = stream.horizon
    this.opened = given.opened
    this.tools = given.tools
    this.counts = given.counts
    this.mayReadAhead = given.mayReadAhead
  }

  async serve(): Promise<void> {
    const { nextSeq, hasPlanned, hasAwaiting } = this.stream
    const awaiting = hasAwaiting ? await readAwaiting(this.stream, null) : []
    const live = new ServedLane(this, { replay: null, nextSeq, awaiting }, hasPlanned)
    let replay: ServedLane | undefined
    for (;;) {
      const step = this.mayGoOn() ? await live.step() : 'idle'
      if (step === 'over') return
      if (step === 'went_on') continue
      if (this.stream.runningReplays === 0 || !this.isWanted()) break
      const found = await this.#findReplay(replay)
      if (!found) break
      const from = () => Math.min(live.lane.nextSeq, found.lane.nextSeq)
      if (found !== replay) this.horizon = await readHorizon(this.stream, from())
      replay = found
      const replayed = await replay.step()
      if (replayed === 'over') return
      if (replayed === 'idle' || !this.mayGoOn()) break
      // What came in meanwhile goes first.
      this.horizon = await readHorizon(this.stream, from())
    }
    await updateLeased(this.stream, {}, { keepLease: false, due: this.#dueAfter(live.lane, replay?.lane) })
  }

  /** Whether another batch may be begun at all. */
  isWanted(): boolean {
    return this.stream.state === 'active' && !this.tools.stopping.aborted
  }

  mayGoOn(): boolean {
    return this.isWanted() && performance.now() < this.#deadline
  }

  /** Whether it tells people rather than sending events on. */
  get isChannel(): boolean {
    return this.opened.kind.role === 'channel'
  }

  /** While something takes long: renews the lease now and then. False once it was lost, or we are told to stop. */
  async stayOn(): Promise<boolean> {
    if (!this.isWanted()) return false
    if (performance.now() - this.#heldAt < LATE_MS) return true
    return this.keep(await updateLeased(this.stream, {}, { keepLease: true }))
  }

  /** Takes over what a commit returned; false if the lease was lost, or has ended because a person paused. */
  keep(held: LeasedStream | undefined): boolean {
    if (held) {
      this.stream = held
      this.#heldAt = performance.now()
    }
    return held?.state === 'active'
  }

  /** The replay that is being served, unless it was cancelled or has ended; then the next one. */
  async #findReplay(served: ServedLane | undefined): Promise<ServedLane | undefined> {
    const found = await readReplay(this.stream)
    if (found && served?.lane.replay?.id === found.lane.replay?.id) return served
    if (found) return new ServedLane(this, found.lane, found.hasPlanned)
    // Cancelled, and not counted off.
    this.keep(await finishReplay(this.stream, null))
    return undefined
  }

  /** When the next message may go. */
  dueAfterTold(hasMore: boolean): Due {
    const { pace } = this.opened.destination
    if (pace) return { pace }
    return hasMore || this.stream.runningReplays > 0 ? { inMs: TOLD_MS } : 'next_time'
  }

  #dueAfter(live: Lane, replay: Lane | undefined): Due {
    if (this.told) return this.dueAfterTold(this.told.hasMore)
    const awaiting = [...live.awaiting, ...(replay?.awaiting ?? [])]
    if (awaiting.length > 0) return { inMs: nextPollMs(awaiting) }
    if (!this.mayGoOn()) return 'at_once'
    return this.stream.runningReplays > 0 ? { inMs: UNSEALED_MS } : 'next_time'
  }
}
