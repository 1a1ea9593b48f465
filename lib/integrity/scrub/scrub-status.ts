import { eq } from 'drizzle-orm'
import { logHeads } from '@/db/schema/logs'
import { logScrubs } from '@/db/schema/scrubs'
import { inTenant } from '@/lib/access/in-tenant'
import { requirePermission, type TenantScope } from '@/lib/access/scope'
import type { KnownFailure, ScrubFailure } from './scrub-failure'

/** How far a tenant's trail was derived anew from its rows and compared with its log. Times are RFC 3339 UTC. */
export type ScrubStatus = {
  /** `waiting`: no whole pass has been made yet. `failing`: something is wrong now. */
  state: 'waiting' | 'clean' | 'failing'
  /** Events below it were derived and found right, in this pass or the last whole one. */
  verifiedSeq: number
  /** Events that are sealed, which a pass goes through. */
  sealedSize: number
  /** The pass that is under way: when it began, and the event that comes next. */
  pass: { startedAt: string; nextSeq: number } | undefined
  /** When the last whole pass began and ended, and how many events it derived. */
  lastPass: { startedAt: string; finishedAt: string; events: number } | undefined
  /** Events derived a second of working time, lately; undefined before the first few hundreds. */
  eventsPerSecond: number | undefined
  /** What is wrong, oldest first; at most a hundred. */
  failures: ScrubFailure[]
  /** How many there are, also those that are not in the list. */
  failureCount: number
}

/** The first event that a failure puts in doubt. */
function doubtfulFrom({ place }: ScrubFailure): number {
  if (place.kind === 'event') return place.seq
  return place.kind === 'tile' ? place.index * 256 ** (place.level + 1) : Number.POSITIVE_INFINITY
}

/** How far the trail is verified, and what is wrong with it. Throws `forbidden` without `events:read`. */
export async function readScrubStatus(scope: TenantScope): Promise<ScrubStatus> {
  requirePermission(scope, 'events:read')
  const { tenantId } = scope
  const [[head], [scrub]] = await inTenant(scope, (tx) =>
    Promise.all([
      tx.select({ size: logHeads.size }).from(logHeads).where(eq(logHeads.tenantId, tenantId)),
      tx.select().from(logScrubs).where(eq(logScrubs.tenantId, tenantId)),
    ]),
  )
  const known = (scrub?.failures ?? []) as KnownFailure[]
  const failures = known.map(({ reason, place, detail, foundAt }) => ({ reason, place, detail, foundAt }))
  const compared = Math.max(scrub?.verifiedSeq ?? 0, scrub?.nextSeq ?? 0)
  const { passStartedAt, lastStartedAt, lastFinishedAt } = scrub ?? {}
  return {
    state: failures.length > 0 ? 'failing' : lastFinishedAt ? 'clean' : 'waiting',
    verifiedSeq: Math.min(compared, ...failures.map(doubtfulFrom)),
    sealedSize: head?.size ?? 0,
    pass: passStartedAt
      ? { startedAt: passStartedAt.toISOString(), nextSeq: scrub?.nextSeq ?? 0 }
      : undefined,
    lastPass:
      lastStartedAt && lastFinishedAt
        ? {
            startedAt: lastStartedAt.toISOString(),
            finishedAt: lastFinishedAt.toISOString(),
            events: scrub?.lastEvents ?? 0,
          }
        : undefined,
    eventsPerSecond: scrub?.eventsPerSecond ?? undefined,
    failures,
    failureCount: failures.length + (scrub?.unlisted ?? 0),
  }
}
