import { and, desc, eq, inArray, isNull, type SQL, sql } from 'drizzle-orm'
import type { Transaction } from '@/db/client'
import { collectionRuns, planExecutions, plans, silos } from '@/db/schema/silos'
import { readRuns } from '@/lib/collection/runs/read-runs'
import type { RunView } from '@/lib/collection/runs/run-view'
import { AppError } from '@/lib/errors/app-error'
import type { ExecutionView, PlanView, SkippedSilo } from './plan-view'

const p = plans
const x = planExecutions

/** The plans that were not removed, by name; one of them if `id` is given. */
export async function readPlans(tx: Transaction, tenantId: string, id?: string): Promise<PlanView[]> {
  const rows = await tx
    .select()
    .from(p)
    .where(and(eq(p.tenantId, tenantId), isNull(p.removedAt), id === undefined ? undefined : eq(p.id, id)))
    .orderBy(p.name)
  const names = await siloNames(tx, tenantId, [...new Set(rows.flatMap(({ siloIds }) => siloIds))])
  const latest = sql`${x.id} in (select distinct on (l.plan_id) l.id from plan_executions l
    where l.tenant_id = ${tenantId} order by l.plan_id, l.started_at desc, l.id desc)`
  const last = await readExecutions(tx, tenantId, {
    where: and(id === undefined ? undefined : eq(x.planId, id), latest),
    limit: rows.length,
  })
  return rows.map((row) => ({
    id: row.id,
    name: row.name,
    note: row.note,
    silos: row.siloIds.flatMap((siloId) => names.get(siloId) ?? []),
    schedule: row.schedule,
    enabled: row.enabled,
    nextAt: row.nextAt,
    createdAt: row.createdAt,
    updatedAt: row.updatedAt,
    lastExecution: last.find(({ planId }) => planId === row.id) ?? null,
  }))
}

/** One of them. Throws `not_found`. */
export async function readPlan(tx: Transaction, tenantId: string, id: string): Promise<PlanView> {
  const [plan] = await readPlans(tx, tenantId, id)
  if (!plan) throw new AppError('not_found', 'There is no such plan.')
  return plan
}

/** Names of silos that were not removed, by id. */
async function siloNames(tx: Transaction, tenantId: string, ids: string[]): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map()
  const rows = await tx
    .select({ id: silos.id, name: silos.name })
    .from(silos)
    .where(and(eq(silos.tenantId, tenantId), inArray(silos.id, ids), isNull(silos.removedAt)))
  return new Map(rows.map(({ id, name }) => [id, name]))
}

/** Executions that fit, latest first, with their runs. */
export async function readExecutions(
  tx: Transaction,
  tenantId: string,
  { where, limit }: { where: SQL | undefined; limit: number },
): Promise<ExecutionView[]> {
  if (limit === 0) return []
  const rows = await tx
    .select()
    .from(x)
    .where(and(eq(x.tenantId, tenantId), where))
    .orderBy(desc(x.startedAt), desc(x.id))
    .limit(limit)
  if (rows.length === 0) return []
  const ids = rows.map(({ id }) => id)
  const runs = await readRuns(tx, tenantId, {
    where: inArray(collectionRuns.executionId, ids),
    order: [sql`${collectionRuns.place}`],
  })
  return rows.map(({ id, planId, requestedBy, startedAt, skipped }) => {
    const own = runs.filter(({ executionId }) => executionId === id)
    return {
      id,
      planId,
      requestedBy,
      startedAt,
      state: stateOf(own),
      skipped: skipped as SkippedSilo[],
      runs: own,
    }
  })
}

function stateOf(runs: readonly RunView[]): ExecutionView['state'] {
  if (runs.some(({ state }) => state === 'queued' || state === 'running')) return 'running'
  if (runs.some(({ state, failedFiles }) => state === 'failed' || failedFiles > 0)) return 'failed'
  return runs.some(({ state }) => state === 'cancelled') ? 'cancelled' : 'finished'
}
