import { setMaxListeners } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import { newReference, reportError } from '@/lib/errors/report-error'
import type { Tools } from './destinations/contract'
import { DueQueue } from './due-queue'
import type { StreamKey } from './matching-events'
import { outsideTools } from './outside-tools'
import { runTurn, type TurnCounts } from './run-turn'

/** Turns at a time: nearly all of them wait for receivers, so they cost little. */
const MAX_TURNS = 64
/** Half of them at most are one tenant's, so that its slow receivers leave room for the others. */
const MAX_TENANT_TURNS = MAX_TURNS / 2
/** A tenant's share when many wait. */
const MIN_TENANT_TURNS = 2
/** While slow turns run on, new work is looked for so often. */
const POLL_MS = 250
/** Looks come no faster than this, however many turns end: each costs some milliseconds. */
const MIN_LOOK_MS = 50
/** A stream that broke is left alone for so long: enough not to spin, little after a hiccup of the database. */
const BROKEN_MS = 10_000
/** After a stop signal sends may end by themselves for so long; then they are cut off, and sent again later. */
const STOP_GRACE_MS = 5_000

export type RunOptions = {
  /** Batches are begun for so long; a send that is then running may take up to 30 s more. */
  budgetMs: number
  /** Ends it early: no new work, running sends get 5 s. */
  signal?: AbortSignal
  /** How the outside is reached where not by the guarded tools. */
  tools?: Partial<Tools>
}

/** `streams` counts turns, `events` what receivers took, `failed` tries that they or we failed. */
export type RunCounts = { tenants: number; streams: number; batches: number; events: number; failed: number }

/**
 * Delivers whatever is due, tenant by tenant in fair shares, until nothing is left or the budget is used up.
 * Any number of runs may overlap, in this process and others: leases keep them apart. A stream that fails beyond
 * what can be written down is reported and left out for a while. Throws when the database is away; nothing is lost.
 */
export async function runOnce({ budgetMs, signal, tools }: RunOptions): Promise<RunCounts> {
  const run = new Run({ ...outsideTools, ...tools }, signal)
  const deadline = performance.now() + budgetMs
  try {
    while (performance.now() < deadline && !signal?.aborted) {
      await run.startDueTurns()
      if (run.inFlight === 0) break
      await run.waitForChange()
    }
  } finally {
    await run.finish()
  }
  return run.counts()
}

class Run {
  readonly #turns = new Set<Promise<void>>()
  readonly #turnsOf = new Map<string, number>()
  readonly #served = new Set<string>()
  readonly #queue = new DueQueue()
  /** Streams with a turn of ours, by id. */
  readonly #running = new Set<string>()
  #hasTurnEnded = true
  /** Streams that broke, by id, and until when. */
  readonly #broken = new Map<string, number>()
  readonly #total = { streams: 0, batches: 0, events: 0, failed: 0 }
  readonly #stopping = new AbortController()
  readonly #cutOff = new AbortController()
  readonly #tools: Tools
  readonly #signal: AbortSignal | undefined
  #graceTimer: NodeJS.Timeout | undefined
  readonly #onStop = () => {
    this.#stopping.abort()
    this.#graceTimer = setTimeout(() => this.#cutOff.abort(), STOP_GRACE_MS)
  }

  constructor(tools: Tools, signal: AbortSignal | undefined) {
    this.#tools = tools
    this.#signal = signal
    // Each turn listens; Node takes more than ten for a leak.
    setMaxListeners(0, this.#stopping.signal, this.#cutOff.signal)
    if (signal?.aborted) this.#onStop()
    else signal?.addEventListener('abort', this.#onStop, { once: true })
  }

  get inFlight(): number {
    return this.#turns.size
  }

  counts(): RunCounts {
    return { tenants: this.#served.size, ...this.#total }
  }

  /** Looks for due streams now and then, and starts turns in rounds over the tenants while there is room. */
  async startDueTurns(): Promise<void> {
    const { ageMs, tenants } = this.#queue
    const isHungry =
      tenants.length === 0 && this.#hasTurnEnded && (ageMs >= MIN_LOOK_MS || this.inFlight === 0)
    if (this.inFlight < MAX_TURNS && (isHungry || ageMs >= POLL_MS)) await this.#look()
    const share = Math.floor(MAX_TENANT_TURNS / Math.max(1, this.#queue.tenants.length))
    for (let started = 1; started > 0; ) started = this.#startRound(Math.max(MIN_TENANT_TURNS, share))
  }

  async #look(): Promise<void> {
    const full = [...this.#turnsOf].filter(([, turns]) => turns >= MAX_TENANT_TURNS)
    this.#hasTurnEnded = false
    await this.#queue.look(
      full.map(([tenantId]) => tenantId),
      [...this.#running, ...this.#stillBroken()],
    )
  }

  /** One more turn for each tenant that has less than its share. */
  #startRound(share: number): number {
    let started = 0
    for (const tenantId of this.#queue.tenants) {
      if (this.inFlight >= MAX_TURNS) break
      if ((this.#turnsOf.get(tenantId) ?? 0) >= share) continue
      const key = this.#queue.take(tenantId)
      if (!key || this.#running.has(key.destinationId)) continue
      this.#start(key)
      started++
    }
    return started
  }

  #stillBroken(): string[] {
    const now = performance.now()
    for (const [id, until] of this.#broken) if (until <= now) this.#broken.delete(id)
    return [...this.#broken.keys()]
  }

  #setAside({ destinationId }: StreamKey, error: unknown): void {
    this.#broken.set(destinationId, performance.now() + BROKEN_MS)
    this.#total.failed++
    reportError(error, newReference())
  }

  #start(key: StreamKey): void {
    const { tenantId, destinationId } = key
    this.#running.add(destinationId)
    this.#turnsOf.set(tenantId, (this.#turnsOf.get(tenantId) ?? 0) + 1)
    const tools = { ...this.#tools, stopping: this.#stopping.signal, cutOff: this.#cutOff.signal }
    const turn: Promise<void> = runTurn(key, tools)
      .then((counts) => this.#count(tenantId, counts))
      .catch((error: unknown) => this.#setAside(key, error))
      .finally(() => {
        this.#turns.delete(turn)
        this.#hasTurnEnded = true
        this.#running.delete(destinationId)
        const left = (this.#turnsOf.get(tenantId) ?? 1) - 1
        if (left === 0) this.#turnsOf.delete(tenantId)
        else this.#turnsOf.set(tenantId, left)
      })
    this.#turns.add(turn)
  }

  #count(tenantId: string, { leased, batches, events, failed }: TurnCounts): void {
    if (!leased) return
    this.#served.add(tenantId)
    this.#total.streams++
    this.#total.batches += batches
    this.#total.events += events
    this.#total.failed += failed
  }

  /** Until a turn ends, or it is time to look for new work. */
  async waitForChange(): Promise<void> {
    const awake = new AbortController()
    const isHungry = this.#queue.tenants.length === 0 && this.#hasTurnEnded
    const pollMs = isHungry ? Math.max(1, MIN_LOOK_MS - this.#queue.ageMs) : POLL_MS
    const poll = sleep(pollMs, undefined, { signal: awake.signal }).catch(() => {})
    await Promise.race([poll, ...this.#turns])
    awake.abort()
  }

  /** No further batch; waits for the running sends. */
  async finish(): Promise<void> {
    this.#stopping.abort()
    await Promise.all(this.#turns)
    clearTimeout(this.#graceTimer)
    this.#signal?.removeEventListener('abort', this.#onStop)
  }
}
