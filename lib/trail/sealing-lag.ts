import { eq } from 'drizzle-orm'
import { database } from '@/db/client'
import { logHeads } from '@/db/schema/logs'
import { AppError } from '@/lib/errors/app-error'
import { newReference, reportError } from '@/lib/errors/report-error'

/** More events without a checkpoint mean that the sealer stands still: what comes then must wait. */
export const MAX_UNSEALED = 50_000
/** While a trail is shut, its sealed end is looked at so often. */
const LOOK_MS = 250
const RETRY_AFTER_SECONDS = 2
/** Trails remembered; forgetting them costs one look each. */
const MAX_REMEMBERED = 100_000

/**
 * `nextSeq` is the trail's end as this process knows it. Up to `limitSeq` no look is needed; what a look finds beyond
 * it decides whether the trail is shut.
 */
type Lag = { nextSeq: number; limitSeq: number; isShut: boolean; looking: boolean; lookedAtMs: number }

// On globalThis: the front lane and Next's route handlers are loaded apart, and fill the same trails.
const store = globalThis as unknown as { spoorSealingLag?: Map<string, Lag> }
store.spoorSealingLag ??= new Map()
const lags = store.spoorSealingLag

/**
 * Throws `unavailable` if the tenant's trail is so far ahead of its seal that no more is taken. Costs a lookup in a
 * map; the database is asked once in 50,000 events, and four times a second while the trail is shut.
 */
export function requireSealed(tenantId: string): void {
  const lag = lags.get(tenantId)
  if (!lag?.isShut) return
  look(tenantId, lag)
  const message = `The last ${MAX_UNSEALED} events of this trail are not sealed yet, so no more are taken. Send them again in a moment.`
  throw new AppError('unavailable', message, { retryAfterSeconds: RETRY_AFTER_SECONDS })
}

/** To be told after each flush how far a trail now reaches. */
export function noteTrailEnd(tenantId: string, nextSeq: number): void {
  let lag = lags.get(tenantId)
  if (!lag) {
    if (lags.size >= MAX_REMEMBERED) lags.clear()
    lag = { nextSeq, limitSeq: 0, isShut: false, looking: false, lookedAtMs: Number.NEGATIVE_INFINITY }
    lags.set(tenantId, lag)
  }
  lag.nextSeq = Math.max(lag.nextSeq, nextSeq)
  if (lag.nextSeq >= lag.limitSeq) look(tenantId, lag)
}

function look(tenantId: string, lag: Lag): void {
  if (lag.looking || performance.now() - lag.lookedAtMs < LOOK_MS) return
  lag.looking = true
  database('append')
    .select({ size: logHeads.size })
    .from(logHeads)
    .where(eq(logHeads.tenantId, tenantId))
    .then(([head]) => {
      lag.limitSeq = (head?.size ?? 0) + MAX_UNSEALED
      lag.isShut = lag.nextSeq >= lag.limitSeq
    })
    .catch((error) => reportError(error, newReference()))
    .finally(() => {
      lag.looking = false
      lag.lookedAtMs = performance.now()
    })
}
