import { collectionRuns } from '@/db/schema/silos'
import { inTenant } from '@/lib/access/in-tenant'
import type { TenantScope } from '@/lib/access/scope'
import { isDatabaseAway } from '@/lib/errors/database-away'
import { newReference, reportError } from '@/lib/errors/report-error'
import { isHeld, type LeasedRun, leaseEnd } from './lease-run'
import { type StopReason, StopRun } from './stop-run'

/** Four times in a lease: some may fail. */
const BEAT_MS = 15_000

/** A lease that is renewed until `end`. `signal` aborts, with a `StopRun`, when the run has to be left. */
export type HeldLease = { signal: AbortSignal; stop(reason: StopReason): void; end(): void }

/** Renews a run's lease beside its work, for what takes long between two commits, and hears of a cancel meanwhile. */
export function holdLease(scope: TenantScope, run: LeasedRun, over: AbortSignal | undefined): HeldLease {
  const controller = new AbortController()
  const stop = (reason: StopReason) => controller.abort(new StopRun(reason))
  const onOver = () => stop('over')
  if (over?.aborted) onOver()
  over?.addEventListener('abort', onOver, { once: true })
  const timer = setInterval(() => void beat(scope, run, stop), BEAT_MS)
  return {
    signal: controller.signal,
    stop,
    end: () => {
      clearInterval(timer)
      over?.removeEventListener('abort', onOver)
    },
  }
}

async function beat(scope: TenantScope, run: LeasedRun, stop: (reason: StopReason) => void): Promise<void> {
  try {
    const [held] = await inTenant(scope, (tx) =>
      tx
        .update(collectionRuns)
        .set({ leaseUntil: leaseEnd })
        .where(isHeld(scope.tenantId, run))
        .returning({ cancelledBy: collectionRuns.cancelledBy }),
    )
    if (!held) stop('lost')
    else if (held.cancelledBy !== null) stop('cancelled')
  } catch (error) {
    // The next beat tries again; a commit under a lost lease does nothing.
    if (!isDatabaseAway(error)) reportError(error, newReference())
  }
}
