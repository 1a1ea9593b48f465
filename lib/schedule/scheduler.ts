import { setMaxListeners } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import { tendFiles } from '@/lib/collection/files/tend-files'
import { collectDue } from '@/lib/collection/runs/collect-due'
import { storeDigests } from '@/lib/delivery/destinations/s3/digest/store-digests'
import { tendStreams } from '@/lib/delivery/lifecycle/tend-streams'
import { type RunOptions, runOnce } from '@/lib/delivery/run-once'
import { workErasures } from '@/lib/erasure/work-erasures'
import { newReference, reportError } from '@/lib/errors/report-error'
import { anchorLogs } from '@/lib/integrity/anchor/anchor-logs'
import { runScrub } from '@/lib/integrity/scrub/run-scrub'
import { dropOldPreviews } from '@/lib/ledger/imports/drop-old-previews'
import { matchTrails } from '@/lib/ledger/matching/match-trails'
import { retainTrails } from '@/lib/retention/retain-trails'
import { indexTrails } from '@/lib/trail/blocks/index-trails'

/** Work that is done again and again; `run` ends by itself when nothing is left. */
export type Job = { run(signal: AbortSignal): Promise<unknown>; idleMs: number }

/** Between two looks at an idle trail: a fresh event leaves within a second, and a look costs about a millisecond. */
const DELIVER_IDLE_MS = 500
/** Warnings come after an hour at the earliest; a receiver that is gone is told of within a quarter of a minute. */
const TEND_IDLE_MS = 15_000
/** A digest is of an hour, and five minutes late at best: one more is nothing. */
const DIGEST_IDLE_MS = 60_000
/** A search reads what is not indexed one by one: at 4,000 events/s two seconds are 8,000 events, some 10 ms. */
const INDEX_IDLE_MS = 2_000
/** Anchors come every ten minutes at most, and a witness within a quarter of a minute of its time. */
const ANCHOR_IDLE_MS = 15_000
/** A trail's next pass begins ten minutes after the last: a quarter of a minute more or less is nothing. */
const SCRUB_IDLE_MS = 15_000
/** Who asked for an erasure looks on: it begins within a second of its events being sealed. */
const ERASE_IDLE_MS = 1_000
/** A trail is looked at every six hours; what was announced to be dropped goes on within a minute. */
const RETAIN_IDLE_MS = 60_000
/** Who asked for a run looks on: it begins within a second. A look is one statement. */
const COLLECT_IDLE_MS = 1_000
/** Names of a fresh event are known within a second. A look is one statement, and costs less than a millisecond. */
const MATCH_IDLE_MS = 750
/** Files are kept for days, and previews of imports for one: a minute more is nothing. */
const TEND_FILES_IDLE_MS = 60_000
/** The first wait after an error, doubled with each further one. */
const ERROR_WAIT_MS = 1_000
const MAX_ERROR_WAIT_MS = 60_000
/** A run ends when nothing is left; this only bounds one that never finds an end. */
export const RUN_BUDGET_MS = 3_600_000

export type Scheduler = { stop(): Promise<void> }

/**
 * Delivers, indexes, collects, matches, anchors and scrubs in the background of this process until it is stopped. `stop` begins
 * nothing more, lets running sends end for 5 s, and resolves when all leases are given back.
 */
export function startScheduler(options: Pick<RunOptions, 'tools'> = {}): Scheduler {
  return startJobs([
    {
      run: (signal) => runOnce({ ...options, budgetMs: RUN_BUDGET_MS, signal }),
      idleMs: DELIVER_IDLE_MS,
    },
    { run: (signal) => tendStreams({ budgetMs: RUN_BUDGET_MS, signal }), idleMs: TEND_IDLE_MS },
    {
      run: (signal) => storeDigests({ ...options, budgetMs: RUN_BUDGET_MS, signal }),
      idleMs: DIGEST_IDLE_MS,
    },
    { run: (signal) => indexTrails({ budgetMs: RUN_BUDGET_MS, signal }), idleMs: INDEX_IDLE_MS },
    { run: (signal) => anchorLogs({ budgetMs: RUN_BUDGET_MS, signal }), idleMs: ANCHOR_IDLE_MS },
    { run: (signal) => workErasures({ budgetMs: RUN_BUDGET_MS, signal }), idleMs: ERASE_IDLE_MS },
    { run: (signal) => retainTrails({ budgetMs: RUN_BUDGET_MS, signal }), idleMs: RETAIN_IDLE_MS },
    { run: (signal) => collectDue({ budgetMs: RUN_BUDGET_MS, signal }), idleMs: COLLECT_IDLE_MS },
    { run: (signal) => matchTrails({ budgetMs: RUN_BUDGET_MS, signal }), idleMs: MATCH_IDLE_MS },
    { run: (signal) => tendFiles({ budgetMs: RUN_BUDGET_MS, signal }), idleMs: TEND_FILES_IDLE_MS },
    { run: (signal) => dropOldPreviews({ budgetMs: RUN_BUDGET_MS, signal }), idleMs: TEND_FILES_IDLE_MS },
    { run: (signal) => runScrub({ budgetMs: RUN_BUDGET_MS, signal }), idleMs: SCRUB_IDLE_MS },
  ])
}

/**
 * Runs jobs side by side, each again `idleMs` after it has ended. Errors are logged, and tried again ever more
 * slowly; a job that fails does not hold up the others.
 */
export function startJobs(jobs: readonly Job[]): Scheduler {
  const stop = new AbortController()
  // Each job waits with it: more of them than Node takes for a leak.
  setMaxListeners(0, stop.signal)
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
