import { and, desc, eq, ne, sql } from 'drizzle-orm'
import type { Transaction } from '@/db/client'
import { collectionRuns, planExecutions, plans } from '@/db/schema/silos'
import { inTenant } from '@/lib/access/in-tenant'
import type { TenantScope } from '@/lib/access/scope'
import { recordEvent } from '@/lib/audit/record-event'
import { newReference, reportError } from '@/lib/errors/report-error'
import { matchTenant } from '@/lib/ledger/matching/match-tenant'
import { warnManagers } from '@/lib/warnings/warn-managers'
import { describeRun } from './describe-run'
import { isHeld, type LeasedRun } from './lease-run'
import { hasWaitingFile } from './run-files'
import { StopRun } from './stop-run'

const r = collectionRuns

/** What is not matched by then is matched in the background. */
const MATCH_BUDGET_MS = 10_000

/** How a run ends. `finished` with files that could not be read is told as a failure; without any other it is one. */
export type RunEnd = { state: 'finished' } | { state: 'cancelled' } | { state: 'failed'; error: string }

/**
 * Ends a run that is ours, tells the trail, warns where a plan relies on it, and matches its events with the ledger.
 * False where a file came meanwhile: then it goes on. Throws `StopRun` where it is not ours any more.
 */
export async function endRun(scope: TenantScope, run: LeasedRun, end: RunEnd): Promise<boolean> {
  const isEnded = await endOrGoOn(scope, run, end)
  // The run has ended whatever becomes of this.
  if (isEnded)
    await matchTenant(scope, { budgetMs: MATCH_BUDGET_MS }).catch((error) =>
      reportError(error, newReference()),
    )
  return isEnded
}

function endOrGoOn(scope: TenantScope, run: LeasedRun, end: RunEnd): Promise<boolean> {
  return inTenant(scope, async (tx) => {
    const [row] = await tx.select().from(r).where(isHeld(scope.tenantId, run)).for('update')
    if (!row) throw new StopRun('lost')
    const wantsMore = end.state === 'finished' && run.kind === 'files'
    if (wantsMore && (await hasWaitingFile(tx, scope.tenantId, run.silo.id))) return false
    const isEmptyHanded = end.state === 'finished' && row.failedFiles > 0 && row.files === 0 && row.rows === 0
    const state = isEmptyHanded ? 'failed' : end.state
    const error =
      end.state === 'failed'
        ? end.error
        : isEmptyHanded
          ? 'None of its files could be read. Each says why.'
          : null
    const [ended] = await tx
      .update(r)
      .set({ state, error, endedAt: sql`now()`, fileId: null, leaseToken: null, leaseUntil: null })
      .where(isHeld(scope.tenantId, run))
      .returning()
    if (!ended) throw new StopRun('lost')
    await tellEnd(tx, scope, run.silo, ended)
    return true
  })
}

type Ended = typeof r.$inferSelect

/** Puts an ended run into the trail, in the transaction that ended it. */
export async function tellEnd(
  tx: Transaction,
  scope: TenantScope,
  silo: { id: string; name: string },
  ended: Ended,
): Promise<void> {
  const hasFailed = ended.state === 'failed' || ended.failedFiles > 0
  const code =
    ended.state === 'cancelled'
      ? 'COLLECTION_CANCELLED'
      : hasFailed
        ? 'COLLECTION_FAILED'
        : 'COLLECTION_FINISHED'
  const { rows, collected, duplicates, filtered, rejected, files, failedFiles, error, cancelledBy } = ended
  await recordEvent(tx, scope, code, {
    message: describeRun(silo.name, ended),
    targets: [{ type: 'silo', name: silo.name, id: silo.id }],
    data: {
      run: ended.id,
      kind: ended.kind,
      requestedBy: ended.requestedBy,
      ...(cancelledBy !== null && { cancelledBy }),
      files,
      failedFiles,
      rows,
      collected,
      duplicates,
      filtered,
      rejected,
      versions: ended.versions,
      ...(error !== null && { error }),
    },
  })
  if (code === 'COLLECTION_FAILED' && ended.executionId !== null)
    await warnOfPlan(tx, scope, silo, { ...ended, executionId: ended.executionId })
}

/** Once, until a run of the silo succeeds again: its id is part of the key. */
async function warnOfPlan(
  tx: Transaction,
  { tenantId }: TenantScope,
  silo: { id: string; name: string },
  ended: Ended & { executionId: string },
): Promise<void> {
  const [plan] = await tx
    .select({ name: plans.name })
    .from(planExecutions)
    .innerJoin(plans, and(eq(plans.tenantId, planExecutions.tenantId), eq(plans.id, planExecutions.planId)))
    .where(and(eq(planExecutions.tenantId, tenantId), eq(planExecutions.id, ended.executionId)))
  const [good] = await tx
    .select({ id: r.id })
    .from(r)
    .where(
      and(
        eq(r.tenantId, tenantId),
        eq(r.siloId, silo.id),
        ne(r.id, ended.id),
        eq(r.state, 'finished'),
        eq(r.failedFiles, 0),
      ),
    )
    .orderBy(desc(r.requestedAt))
    .limit(1)
  await warnManagers(tx, tenantId, {
    key: `collection ${silo.id} failed since ${good?.id ?? 'ever'}`,
    message: `Silo ${silo.name} could not be collected as plan ${plan?.name ?? ''} wanted`,
    details: [
      ended.error ?? `${ended.failedFiles} of its files could not be read.`,
      'What was collected before stays in the trail; the next run goes on where this one stopped.',
    ],
    link: { label: 'Open the run', path: `collection/runs/${ended.id}` },
  })
}
