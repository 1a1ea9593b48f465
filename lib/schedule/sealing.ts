import type { Sealer } from '@/lib/integrity/seal/sealer'
import { RUN_BUDGET_MS, type Scheduler, startJobs } from './scheduler'

/** Between two seals: a checkpoint covers an event within about a second, and one signature a second costs little. */
const SEAL_IDLE_MS = 1_000

/** What needs the log's keys, in the background of this process until it is stopped. */
export function startSealing(sealer: Sealer): Scheduler {
  return startJobs([
    { run: (signal) => sealer.run({ budgetMs: RUN_BUDGET_MS, signal }), idleMs: SEAL_IDLE_MS },
  ])
}
