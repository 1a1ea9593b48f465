import { setTimeout as sleep } from 'node:timers/promises'
import { scopeForSystem } from '@/lib/access/scope-for-system'
import { runDuePlan } from '@/lib/collection/plans/run-due'
import { isAwayForAll } from '@/lib/errors/database-away'
import { newReference, reportError } from '@/lib/errors/report-error'
import { collectRun } from './collect-run'
import { type Due, findDue } from './find-due'
import type { RunCounts } from './run-view'
import { tellQuiet } from './tell-quiet'

/** Runs of a process at a time: one reads and maps while the other commits, and more would only share two cores. */
const MAX_RUNS = 2
/** While runs are at work, others that come are seen so soon. */
const LOOK_MS = 1_000
/** A long run makes room for a tenant that waits after so long; it goes on when its turn comes again. */
const TURN_MS = 30_000
/** What failed in a way that should not be is left alone for so long. */
const BROKEN_MS = 60_000

export type CollectCounts = RunCounts & { plans: number; quiet: number; runs: number }

type Working = { tenantId: string; sinceMs: number; stop: AbortController; done: Promise<void> }

/** What is left alone, and until when (`performance.now()`). */
const broken = new Map<string, number>()

/**
 * Begins plans whose time has come, tells of quiet silos, and works on open runs, two at a time and in turns of their
 * tenants, until nothing is left, the budget is used up or the signal aborts: then runs are given back behind their
 * running chunk. Safe to run in several processes at once, and to be killed at any time.
 */
export async function collectDue(options: {
  budgetMs: number
  signal?: AbortSignal
}): Promise<CollectCounts> {
  const over = new AbortController()
  const timer = setTimeout(() => over.abort(), options.budgetMs)
  const onAbort = () => over.abort()
  if (options.signal?.aborted) onAbort()
  options.signal?.addEventListener('abort', onAbort, { once: true })
  try {
    return await new Collector(over.signal).collect()
  } finally {
    clearTimeout(timer)
    options.signal?.removeEventListener('abort', onAbort)
  }
}

class Collector {
  readonly #over: AbortSignal
  readonly #working = new Map<string, Working>()
  /** When a run had its last turn here; who never had one is first. */
  readonly #servedMs = new Map<string, number>()
  readonly #counts: CollectCounts = {
    plans: 0,
    quiet: 0,
    runs: 0,
    rows: 0,
    collected: 0,
    duplicates: 0,
    filtered: 0,
    rejected: 0,
  }

  constructor(over: AbortSignal) {
    this.#over = over
  }

  async collect(): Promise<CollectCounts> {
    try {
      while (!this.#over.aborted) {
        for (const [id, untilMs] of broken) if (untilMs < performance.now()) broken.delete(id)
        const due = (await findDue()).filter(({ id }) => !broken.has(id))
        const begun = due.filter(({ what }) => what !== 'run')
        for (const one of begun) await this.#begin(one)
        const runs = due.filter(({ what, id }) => what === 'run' && !this.#working.has(id))
        this.#fill(runs)
        // What a plan has just queued is found by the next look.
        if (begun.length > 0) continue
        if (this.#working.size === 0) break
        const look = new AbortController()
        const ends = [...this.#working.values()].map(({ done }) => done)
        const wait = sleep(LOOK_MS, undefined, { signal: AbortSignal.any([look.signal, this.#over]) })
        await Promise.race([...ends, wait.catch(() => {})])
        look.abort()
      }
    } finally {
      for (const { stop } of this.#working.values()) stop.abort()
      await Promise.all([...this.#working.values()].map(({ done }) => done))
    }
    return this.#counts
  }

  async #begin({ what, tenantId, id }: Due): Promise<void> {
    if (this.#over.aborted) return
    try {
      const scope = await scopeForSystem(tenantId, 'SCHEDULER')
      if (what === 'plan' && (await runDuePlan(scope, id))) this.#counts.plans++
      if (what === 'quiet' && (await tellQuiet(scope, id))) this.#counts.quiet++
    } catch (error) {
      this.#setAside(id, error)
    }
  }

  /** Gives free places to those who wait, tenants that have none first; makes room where others have long had theirs. */
  #fill(runs: Due[]): void {
    const servedMs = ({ id }: Due) => this.#servedMs.get(id) ?? 0
    const isServed = ({ tenantId }: Due) =>
      [...this.#working.values()].some((one) => one.tenantId === tenantId)
    const waiting = [...runs].sort((a, b) => servedMs(a) - servedMs(b))
    while (this.#working.size < MAX_RUNS) {
      const next = waiting.find((run) => !isServed(run)) ?? waiting[0]
      if (!next) return
      waiting.splice(waiting.indexOf(next), 1)
      this.#start(next)
    }
    if (!waiting.some((run) => !isServed(run))) return
    const [longest] = [...this.#working.values()].sort((a, b) => a.sinceMs - b.sinceMs)
    if (longest && performance.now() - longest.sinceMs > TURN_MS) longest.stop.abort()
  }

  #start({ tenantId, id }: Due): void {
    const stop = new AbortController()
    const done = this.#work(tenantId, id, stop.signal).finally(() => {
      this.#servedMs.set(id, performance.now())
      this.#working.delete(id)
    })
    this.#working.set(id, { tenantId, sinceMs: performance.now(), stop, done })
  }

  async #work(tenantId: string, id: string, signal: AbortSignal): Promise<void> {
    try {
      const scope = await scopeForSystem(tenantId, 'SCHEDULER')
      const outcome = await collectRun(scope, id, { signal, onCommit: (counts) => this.#add(counts) })
      if (outcome === 'ended') this.#counts.runs++
      if (outcome === 'taken') broken.set(id, performance.now() + LOOK_MS)
    } catch (error) {
      this.#setAside(id, error)
    }
  }

  #add(counts: RunCounts): void {
    for (const name of ['rows', 'collected', 'duplicates', 'filtered', 'rejected'] as const)
      this.#counts[name] += counts[name]
  }

  #setAside(id: string, error: unknown): void {
    // The next look asks the same database, and says so to whoever runs this.
    if (!isAwayForAll(error)) {
      reportError(error, newReference())
      broken.set(id, performance.now() + BROKEN_MS)
    }
  }
}
