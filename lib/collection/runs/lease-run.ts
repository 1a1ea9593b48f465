import { randomUUID } from 'node:crypto'
import { and, eq, isNull, lt, or, sql } from 'drizzle-orm'
import type { Transaction } from '@/db/client'
import { collectionRuns, siloFiles, silos } from '@/db/schema/silos'
import { inTenant } from '@/lib/access/in-tenant'
import type { TenantScope } from '@/lib/access/scope'
import { recordEvent } from '@/lib/audit/record-event'
import type { Origin } from '@/lib/collection/origins/origin'
import type { ReadingChoice } from '@/lib/collection/reading/reading'
import type { RunKind } from './run-view'

/** A chunk takes a tenth of a second, and the lease is renewed four times a minute beside: only who is dead loses it. */
export const LEASE_SECONDS = 60

const r = collectionRuns

/** A run that is ours until its lease ends: whoever holds `leaseToken` may commit what it collects, nobody else. */
export type LeasedRun = {
  id: string
  kind: RunKind
  leaseToken: string
  executionId: string | null
  silo: { id: string; name: string; lineId: string | null; origin: Origin; reading: ReadingChoice }
}

export const leaseEnd = sql`now() + ${LEASE_SECONDS}::int * interval '1 s'`

/** The row of a run while it is ours; whoever changes it under this condition finds out in the same statement. */
export const isHeld = (tenantId: string, { id, leaseToken }: Pick<LeasedRun, 'id' | 'leaseToken'>) =>
  and(eq(r.tenantId, tenantId), eq(r.id, id), eq(r.leaseToken, leaseToken), eq(r.state, 'running'))

/**
 * Takes an open run that nobody works on, or undefined. The first time it begins: files that could not be read in
 * earlier runs wait again, and the trail is told.
 */
export async function leaseRun(scope: TenantScope, id: string): Promise<LeasedRun | undefined> {
  const { tenantId } = scope
  const leaseToken = randomUUID()
  return inTenant(scope, async (tx) => {
    const isFree = and(
      eq(r.tenantId, tenantId),
      eq(r.id, id),
      sql`${r.state} in ('queued', 'running')`,
      or(isNull(r.leaseUntil), lt(r.leaseUntil, sql`now()`)),
    )
    const [before] = await tx
      .select({ startedAt: r.startedAt })
      .from(r)
      .where(isFree)
      .for('update', { skipLocked: true })
    if (!before) return undefined
    const [run] = await tx
      .update(r)
      .set({
        state: 'running',
        startedAt: sql`coalesce(${r.startedAt}, now())`,
        leaseToken,
        leaseUntil: leaseEnd,
      })
      .where(isFree)
      .returning({ siloId: r.siloId, kind: r.kind, requestedBy: r.requestedBy, executionId: r.executionId })
    if (!run) return undefined
    const [silo] = await tx
      .select({
        id: silos.id,
        name: silos.name,
        lineId: silos.lineId,
        origin: silos.origin,
        reading: silos.reading,
      })
      .from(silos)
      .where(and(eq(silos.tenantId, tenantId), eq(silos.id, run.siloId)))
    if (!silo) throw new Error('a run has no silo')
    const leased: LeasedRun = {
      id,
      kind: run.kind,
      leaseToken,
      executionId: run.executionId,
      silo: { ...silo, origin: silo.origin as Origin, reading: silo.reading as ReadingChoice },
    }
    if (before.startedAt === null) await begin(tx, scope, leased, run.requestedBy)
    return leased
  })
}

async function begin(
  tx: Transaction,
  scope: TenantScope,
  run: LeasedRun,
  requestedBy: string,
): Promise<void> {
  const { id, kind, silo } = run
  if (kind === 'files')
    await tx
      .update(siloFiles)
      .set({ state: sql`case when ${siloFiles.readBytes} > 0 then 'collecting' else 'new' end`, error: null })
      .where(
        and(
          eq(siloFiles.tenantId, scope.tenantId),
          eq(siloFiles.siloId, silo.id),
          eq(siloFiles.state, 'failed'),
          isNull(siloFiles.forgottenAt),
        ),
      )
  const what = kind === 'files' ? 'Collecting the files' : 'Collecting the rejected rows'
  await recordEvent(tx, scope, 'COLLECTION_STARTED', {
    message: `${what} of silo ${silo.name} began, as ${requestedBy} asked`,
    targets: [{ type: 'silo', name: silo.name, id: silo.id }],
    data: { run: id, kind, requestedBy },
  })
}

/** Lets others go on with it. Nothing happens if it is not ours any more. */
export async function releaseRun(scope: TenantScope, run: LeasedRun): Promise<void> {
  await inTenant(scope, (tx) =>
    tx.update(r).set({ leaseToken: null, leaseUntil: null }).where(isHeld(scope.tenantId, run)),
  )
}
