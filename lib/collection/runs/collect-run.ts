import { setTimeout as sleep } from 'node:timers/promises'
import { eq } from 'drizzle-orm'
import { tenants } from '@/db/schema/tenants'
import { inTenant } from '@/lib/access/in-tenant'
import type { TenantScope } from '@/lib/access/scope'
import type { CompiledLine } from '@/lib/collection/lines/compiled-line'
import { AppError } from '@/lib/errors/app-error'
import { isDatabaseAway } from '@/lib/errors/database-away'
import { newReference, reportError } from '@/lib/errors/report-error'
import { collectFiles } from './collect-files'
import { collectRejects } from './collect-rejects'
import { endRun, type RunEnd } from './end-run'
import { holdLease } from './hold-lease'
import { type LeasedRun, leaseRun, releaseRun } from './lease-run'
import { openLine } from './open-line'
import type { RunCounts } from './run-view'
import { checkWork, type RunWork } from './run-work'
import { StopRun } from './stop-run'

/** The first wait while the database or an origin is away, doubled with each further one. */
const AWAY_WAIT_MS = 500
const MAX_AWAY_WAIT_MS = 15_000

/**
 * `ended`, in whatever state; `left`: somebody else goes on with it; `taken`: somebody else works on it, or it has ended.
 */
export type RunOutcome = 'ended' | 'left' | 'taken'

type CollectOptions = {
  /** Aborted, the run is given back after its running chunk. */
  signal?: AbortSignal | undefined
  /** Told of each commit. */
  onCommit?: ((counts: RunCounts) => void) | undefined
}

/**
 * Works on an open run until it ends or has to be left. Killed anywhere, the next one goes on behind the last committed
 * chunk. Throws only while nothing is known of the run yet.
 */
export async function collectRun(
  scope: TenantScope,
  id: string,
  { signal, onCommit = () => {} }: CollectOptions = {},
): Promise<RunOutcome> {
  const run = await leaseRun(scope, id)
  if (!run) return 'taken'
  const lease = holdLease(scope, run, signal)
  try {
    await patiently(lease.signal, () => collectOpened(scope, run, lease.signal, onCommit))
    return 'ended'
  } catch (error) {
    return await leave(scope, run, error)
  } finally {
    lease.end()
  }
}

async function collectOpened(
  scope: TenantScope,
  run: LeasedRun,
  signal: AbortSignal,
  note: RunWork['note'],
): Promise<void> {
  let line: CompiledLine | undefined
  try {
    line = await openLine(scope, run)
    const owner = { tenantId: scope.tenantId, idKey: await readIdKey(scope) }
    const work: RunWork = { scope, run, line, owner, trust: { cleanChunks: 0 }, signal, note }
    await (run.kind === 'files' ? collectFiles(work) : collectRejects(work))
  } finally {
    line?.close()
  }
}

/** Again while something is away: all of it goes on from what is committed. */
async function patiently(signal: AbortSignal, collect: () => Promise<void>): Promise<void> {
  for (let waitMs = AWAY_WAIT_MS; ; waitMs = Math.min(waitMs * 2, MAX_AWAY_WAIT_MS)) {
    try {
      return await collect()
    } catch (error) {
      const isAway = isDatabaseAway(error) || (error instanceof AppError && error.code === 'unavailable')
      if (!isAway) throw error
    }
    await sleep(waitMs, undefined, { signal }).catch(() => {})
    checkWork({ signal })
  }
}

async function leave(scope: TenantScope, run: LeasedRun, error: unknown): Promise<RunOutcome> {
  try {
    if (error instanceof StopRun) {
      if (error.reason === 'lost') return 'left'
      if (error.reason === 'over') {
        await releaseRun(scope, run)
        return 'left'
      }
    }
    await endRun(scope, run, endOf(error))
    return 'ended'
  } catch (failure) {
    // Its lease runs out, and whoever takes it then finds the same.
    if (!(failure instanceof StopRun)) reportError(failure, newReference())
    return 'left'
  }
}

function endOf(error: unknown): RunEnd {
  if (error instanceof StopRun) return { state: 'cancelled' }
  if (error instanceof AppError) {
    const details = (error.details.violations ?? []).map(({ detail }) => detail)
    return { state: 'failed', error: [error.message, ...details.slice(0, 5)].join(' ') }
  }
  const reference = newReference()
  reportError(error, reference)
  return {
    state: 'failed',
    error: `Something went wrong in Spoor (reference ${reference}). What was committed stays; run it again to go on.`,
  }
}

async function readIdKey(scope: TenantScope): Promise<Uint8Array> {
  const [tenant] = await inTenant(scope, (tx) =>
    tx.select({ idKey: tenants.idKey }).from(tenants).where(eq(tenants.id, scope.tenantId)),
  )
  if (!tenant) throw new Error('a tenant has no id key')
  return tenant.idKey
}
