import { setTimeout as sleep } from 'node:timers/promises'
import { type RunOptions, runOnce } from '@/lib/delivery/run-once'
import { newReference, reportError } from '@/lib/errors/report-error'

/** Between two looks at an idle trail: a fresh event leaves within a second, and a look costs about a millisecond. */
const IDLE_MS = 500
/** The first wait after an error, doubled with each further one. */
const ERROR_WAIT_MS = 1_000
const MAX_ERROR_WAIT_MS = 60_000
/** A run ends when nothing is left; this only bounds one that never finds an end. */
const RUN_BUDGET_MS = 3_600_000

export type Scheduler = { stop(): Promise<void> }

/**
 * Delivers in the background of this process until it is stopped. `stop` begins nothing more, lets running sends
 * end for 5 s, and resolves when all leases are given back. Errors are logged, and tried again ever more slowly.
 */
export function startScheduler(options: Pick<RunOptions, 'request'> = {}): Scheduler {
  const stop = new AbortController()
  const done = loop(stop.signal, options)
  return {
    stop: () => {
      stop.abort()
      return done
    },
  }
}

async function loop(signal: AbortSignal, options: Pick<RunOptions, 'request'>): Promise<void> {
  let waitMs = IDLE_MS
  while (!signal.aborted) {
    try {
      await runOnce({ ...options, budgetMs: RUN_BUDGET_MS, signal })
      waitMs = IDLE_MS
    } catch (error) {
      waitMs = waitMs === IDLE_MS ? ERROR_WAIT_MS : Math.min(waitMs * 2, MAX_ERROR_WAIT_MS)
      reportError(error, newReference())
    }
    await sleep(waitMs, undefined, { signal }).catch(() => {})
  }
}
