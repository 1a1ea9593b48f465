import { setTimeout as sleep } from 'node:timers/promises'
import { type RunOptions, runOnce } from '@/lib/delivery/run-once'
import { newReference, reportError } from '@/lib/errors/report-error'
import { indexTrails } from '@/lib/trail/blocks/index-trails'

type Job = { run(signal: AbortSignal): Promise<unknown>; idleMs: number }

/** Between two looks at an idle trail: a fresh event leaves within a second, and a look costs about a millisecond. */
const DELIVER_IDLE_MS = 500
/** A search reads what is not indexed one by one: at 4,000 events/s two seconds are 8,000 events, some 10 ms. */
const INDEX_IDLE_MS = 2_000
/** The first wait after an error, doubled with each further one. */
const ERROR_WAIT_MS = 1_000
const MAX_ERROR_WAIT_MS = 60_000
/** A run ends when nothing is left; this only bounds one that never finds an end. */
const RUN_BUDGET_MS = 3_600_000

export type Scheduler = { stop(): Promise<void> }

/**
 * Delivers and indexes in the background of this process until it is stopped. `stop` begins nothing more, lets
 * running sends end for 5 s, and resolves when all leases are given back. Errors are logged, and tried again ever
 * more slowly; a job that fails does not hold up the other.
 */
export function startScheduler(options: Pick<RunOptions, 'request'> = {}): Scheduler {
  const stop = new AbortController()
  const jobs: Job[] = [
    {
      run: (signal) => runOnce({ ...options, budgetMs: RUN_BUDGET_MS, signal }),
      idleMs: DELIVER_IDLE_MS,
    },
    { run: (signal) => indexTrails({ budgetMs: RUN_BUDGET_MS, signal }), idleMs: INDEX_IDLE_MS },
  ]
  const done = Promise.all(jobs.map((job) => loop(stop.signal, job)))
  return {
    stop: async () => {
      stop.abort()
      await done
    },
  }
}

async function loop(signal: AbortSignal, { run, idleMs }: Job): Promise<void> {
  let waitMs = idleMs
  while (!signal.aborted) {
    try {
      await run(signal)
      waitMs = idleMs
    } catch (error) {
      waitMs = waitMs === idleMs ? ERROR_WAIT_MS : Math.min(waitMs * 2, MAX_ERROR_WAIT_MS)
      reportError(error, newReference())
    }
    await sleep(waitMs, undefined, { signal }).catch(() => {})
  }
}
