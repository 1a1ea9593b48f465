import { setTimeout as sleep } from 'node:timers/promises'
import { requirePermission, type TenantScope } from '@/lib/access/scope'
import { AppError } from '@/lib/errors/app-error'
import { type ClaimedTrail, claimTrail, enrolTrails, isEnrolled } from './claim-trail'
import { settleVisit } from './settle-visit'
import { type Visit, visitTrail } from './visit-trail'

/** Of the time, so much is worked: some 3,000 events/s, a pass over a hundred million in nine hours. */
const WORKING_SHARE = 0.15

export type ScrubOptions = {
  budgetMs: number
  signal?: AbortSignal
  /** Working time by all time, up to 1. */
  share?: number
}

/** `passes` counts those that came to their end, `failures` what was found newly. */
export type ScrubCounts = { visits: number; events: number; passes: number; failures: number }

const noCounts = (): ScrubCounts => ({ visits: 0, events: 0, passes: 0, failures: 0 })

/** As if the pass that is under way had not begun. */
const fromStart = (claimed: ClaimedTrail): ClaimedTrail => ({
  ...claimed,
  passStartedMs: null,
  nextSeq: 0,
  passEvents: 0,
  latestReceivedMs: null,
  retainedSeq: 0,
})

/** Visits a trail that was claimed, and writes down what is found. */
async function visitClaimed(claimed: ClaimedTrail, counts: ScrubCounts): Promise<Visit> {
  const visit = await visitTrail(claimed)
  const settled = await settleVisit(claimed, visit)
  counts.visits++
  counts.events += visit.events
  counts.passes += settled?.isFinished ? 1 : 0
  counts.failures += settled?.added.length ?? 0
  return visit
}

/**
 * Compares all trails with their logs, a quarter of a second each in turn, until every one had its pass, the budget
 * is used up or the signal aborts; and rests in between. Safe to run in several processes at once.
 */
export async function runScrub({
  budgetMs,
  signal,
  share = WORKING_SHARE,
}: ScrubOptions): Promise<ScrubCounts> {
  const counts = noCounts()
  const deadline = performance.now() + budgetMs
  await enrolTrails()
  while (!signal?.aborted && performance.now() < deadline) {
    const started = performance.now()
    const claimed = await claimTrail()
    if (!claimed) break
    await visitClaimed(claimed, counts)
    const workedMs = performance.now() - started
    const restMs = Math.min(workedMs * (1 / share - 1), Math.max(0, deadline - performance.now()))
    if (restMs > 0) await sleep(restMs, undefined, { ...(signal && { signal }) }).catch(() => {})
  }
  return counts
}

/** While another process visits the trail, or what was read last is not sealed yet. */
const RETRY_MS = 200

/**
 * Makes a whole pass over one trail now, without rests, or as far as it can be read. Throws `forbidden`, `not_found` where there is no log yet, and
 * if the signal aborts.
 */
export async function scrubTrail(scope: TenantScope, signal?: AbortSignal): Promise<ScrubCounts> {
  requirePermission(scope, 'integrity:manage')
  const { tenantId, tenantName } = scope
  const counts = noCounts()
  await enrolTrails()
  if (!(await isEnrolled(tenantId)))
    throw new AppError('not_found', `${tenantName} has no log yet: the sealer opens it within a second.`)
  for (let isFirst = true; counts.passes === 0; ) {
    signal?.throwIfAborted()
    const claimed = await claimTrail(tenantId)
    if (!claimed) {
      await sleep(RETRY_MS)
      continue
    }
    const { isStuck } = await visitClaimed(isFirst ? fromStart(claimed) : claimed, counts)
    if (isStuck) break
    isFirst = false
  }
  return counts
}
