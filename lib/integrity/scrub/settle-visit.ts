import { sql } from 'drizzle-orm'
import { database, type Transaction } from '@/db/client'
import { newReference, reportError } from '@/lib/errors/report-error'
import { reportWarning } from '@/lib/errors/report-warning'
import type { ClaimedTrail } from './claim-trail'
import { findUnexplained, forgetErasures, noteErasures } from './erasure-notices'
import { mergeFindings } from './merge-findings'
import { raiseAlarm, tellCleared } from './raise-alarm'
import { eventFinding, type KnownFailure, placeWords, type ScrubFinding } from './scrub-failure'
import { SCRUB_REASONS } from './scrub-reason'
import type { Visit } from './visit-trail'

/** Weight of a visit in the running rate: some ten visits make it. */
const RATE_SHARE = 0.1

/** Until what was read behind the sealed end is sealed too. */
const WAIT_MS = 1_000
/** What can't be read is tried again seldom enough for the server's log. */
const STUCK_MS = 60_000

/** What became of a visit. `isFinished`: the pass has come to its end. */
export type Settled = { isFinished: boolean; failures: KnownFailure[]; added: KnownFailure[] }

const iso = (ms: number) => new Date(ms).toISOString()

/** What can be said only when all was read; undefined while a notice that explains it may not be sealed yet. */
async function judgeEnd(
  tx: Transaction,
  { tenantId, passStartedMs, firstSeq, firstHeadSeq }: ClaimedTrail,
  { log, retainedSeq }: Visit,
): Promise<ScrubFinding[] | undefined> {
  if (!log) return []
  const unexplained = await findUnexplained(tx, tenantId, log.size)
  // What was dropped since the pass began is the next one's.
  const [dropped, headSeq] = passStartedMs === null ? [log.firstSeq, log.nextSeq] : [firstSeq, firstHeadSeq]
  if (!unexplained || (dropped > retainedSeq && headSeq > log.size)) return undefined
  if (dropped <= retainedSeq) return unexplained
  const detail = `Events below ${dropped} were dropped, and no notice of retention in the trail says so.`
  return [...unexplained, eventFinding('missing', 0, dropped - 1, detail)]
}

/** Whether this process is still the one that claimed the trail. */
async function isOurs(tx: Transaction, { tenantId, version }: ClaimedTrail): Promise<boolean> {
  const [row] = await tx.execute(
    sql`select 1 from log_scrubs where tenant_id = ${tenantId} and version = ${version} for update`,
  )
  return row !== undefined
}

function ratePerSecond({ eventsPerSecond }: ClaimedTrail, { events, ms }: Visit): number | null {
  if (events < 256) return eventsPerSecond
  const rate = (events * 1000) / ms
  return eventsPerSecond === null ? rate : eventsPerSecond + (rate - eventsPerSecond) * RATE_SHARE
}

async function settle(
  tx: Transaction,
  claimed: ClaimedTrail,
  visit: Visit,
  withAlarm: boolean,
): Promise<Settled | undefined> {
  if (!(await isOurs(tx, claimed))) return undefined
  const { tenantId } = claimed
  const nowMs = Date.now()
  const startedMs = claimed.passStartedMs ?? nowMs - visit.ms
  if (claimed.passStartedMs === null) await forgetErasures(tx, tenantId)
  await noteErasures(tx, tenantId, visit)
  const atEnd = visit.isEnd ? await judgeEnd(tx, claimed, visit) : undefined
  const isFinished = atEnd !== undefined
  const merged = mergeFindings(
    claimed.failures,
    [...visit.findings, ...(atEnd ?? [])],
    iso(nowMs),
    iso(startedMs),
  )
  const isGone = ({ seenAt }: KnownFailure) => isFinished && seenAt < iso(startedMs)
  const cleared = merged.failures.filter(isGone)
  const failures = merged.failures.filter((failure) => !isGone(failure))
  const unlisted = (claimed.passStartedMs === null ? 0 : claimed.unlisted) + merged.unlisted
  const silent = failures.filter(({ alarmed }) => !alarmed)
  if (withAlarm) for (const failure of silent) failure.alarmed = true
  const events = claimed.passEvents + visit.events
  const waitMs = visit.isStuck ? STUCK_MS : visit.isEnd && !isFinished ? WAIT_MS : 0
  await tx.execute(sql`
    update log_scrubs set leased_until = ${waitMs === 0 ? null : iso(nowMs + waitMs)}::timestamptz,
      pass_started_at = ${isFinished ? null : iso(startedMs)}::timestamptz,
      next_seq = ${isFinished ? 0 : visit.nextSeq}, pass_events = ${isFinished ? 0 : events},
      latest_received_at = ${isFinished || visit.latestReceivedMs === null ? null : iso(visit.latestReceivedMs)}::timestamptz,
      retained_seq = ${isFinished ? 0 : visit.retainedSeq},
      first_seq = ${claimed.passStartedMs === null ? (visit.log?.firstSeq ?? 0) : claimed.firstSeq},
      first_head_seq = ${claimed.passStartedMs === null ? (visit.log?.nextSeq ?? 0) : claimed.firstHeadSeq},
      events_per_second = ${ratePerSecond(claimed, visit)}::real,
      seen = coalesce(${visit.seen ? JSON.stringify(visit.seen) : null}::jsonb, seen),
      failures = ${JSON.stringify(failures)}::jsonb, unlisted = ${unlisted}
    where tenant_id = ${tenantId}`)
  if (isFinished)
    await tx.execute(sql`
      update log_scrubs set last_started_at = ${iso(startedMs)}::timestamptz, last_finished_at = ${iso(nowMs)}::timestamptz,
        last_events = ${events}, verified_seq = ${visit.log?.size ?? 0}
      where tenant_id = ${tenantId}`)
  if (withAlarm && silent.length > 0) await raiseAlarm(tx, tenantId, visit.log, silent)
  if (withAlarm && cleared.length > 0) await tellCleared(tx, tenantId, visit.log, cleared)
  return { isFinished, failures, added: merged.added }
}

/**
 * Writes down what a visit found, and puts an alarm into the trail of what is new: in one transaction, so it is raised
 * once. Undefined where another process took the trail over. A trail that takes no alarm is written down all the same.
 */
export async function settleVisit(claimed: ClaimedTrail, visit: Visit): Promise<Settled | undefined> {
  const write = (withAlarm: boolean) =>
    database('scrub').transaction((tx) => settle(tx, claimed, visit, withAlarm))
  const settled = await write(true).catch((error) => {
    reportError(error, newReference())
    return write(false)
  })
  for (const { place, reason, detail } of settled?.added ?? [])
    reportWarning(
      `The trail of tenant ${claimed.tenantId} is not what was sealed. ${placeWords(place)}: ${SCRUB_REASONS[reason]} ${detail}`,
    )
  return settled
}
