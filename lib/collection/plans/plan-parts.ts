import { and, eq, inArray, isNull, ne } from 'drizzle-orm'
import type { Transaction } from '@/db/client'
import { plans, silos } from '@/db/schema/silos'
import { tenants } from '@/db/schema/tenants'
import { AppError } from '@/lib/errors/app-error'
import type { PlanView } from './plan-view'
import { nextTime } from './schedule'

/** More silos of a workspace fit in few plans; each is looked at every second. */
export const MAX_PLANS = 100

function invalid(field: string, detail: string): AppError {
  const violations = [{ pointer: `/${field}`, code: 'invalid', detail }]
  return new AppError('invalid', 'Please check the marked fields.', { violations })
}

/** Ids of silos by their names, in their order. Throws `invalid` for one that isn't there. */
export async function findSiloIds(
  tx: Transaction,
  tenantId: string,
  names: readonly string[],
): Promise<string[]> {
  const rows = await tx
    .select({ id: silos.id, name: silos.name })
    .from(silos)
    .where(and(eq(silos.tenantId, tenantId), inArray(silos.name, [...names]), isNull(silos.removedAt)))
  return names.map((name) => {
    const found = rows.find((row) => row.name === name)
    if (!found) throw invalid('silos', `There is no silo ${name}.`)
    return found.id
  })
}

export function nameTaken(name: string): AppError {
  const detail = `There is a plan ${name} already. Choose another name.`
  return new AppError('conflict', detail, { violations: [{ pointer: '/name', code: 'taken', detail }] })
}

/** Throws `conflict` where another plan has the name. */
export async function requireFreeName(
  tx: Transaction,
  tenantId: string,
  name: string,
  id: string,
): Promise<void> {
  const [taken] = await tx
    .select({ id: plans.id })
    .from(plans)
    .where(and(eq(plans.tenantId, tenantId), eq(plans.name, name), isNull(plans.removedAt), ne(plans.id, id)))
  if (taken) throw nameTaken(name)
}

/** When a plan is due next, by the workspace's clock; null where it has no schedule or is switched off. */
export async function findNextAt(
  tx: Transaction,
  tenantId: string,
  { schedule, enabled }: Pick<PlanView, 'schedule' | 'enabled'>,
): Promise<Date | null> {
  if (schedule === null || !enabled) return null
  const [tenant] = await tx
    .select({ timeZone: tenants.timeZone })
    .from(tenants)
    .where(eq(tenants.id, tenantId))
  return nextTime(schedule, tenant?.timeZone ?? 'UTC', new Date())
}

/** A plan as its events tell of it. */
export const planFacts = ({ note, silos: names, schedule, enabled }: PlanView): string =>
  JSON.stringify({ note, silos: names, schedule, enabled })
