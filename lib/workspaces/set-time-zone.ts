import { and, eq, gt, isNotNull, sql } from 'drizzle-orm'
import type { Transaction } from '@/db/client'
import { deliveryStreams } from '@/db/schema/delivery'
import { tenants } from '@/db/schema/tenants'
import { inTenant } from '@/lib/access/in-tenant'
import { requirePermission, type TenantScope } from '@/lib/access/scope'
import { recordEvent } from '@/lib/audit/record-event'
import { reschedulePlans } from '@/lib/collection/plans/reschedule'
import { nextTimeOfRow } from '@/lib/delivery/schedule'
import { AppError } from '@/lib/errors/app-error'
import type { SetTimeZone } from './input'

/**
 * Sets the clock by which plans are due, and daily and weekly messages come; the next ones come by it already, unless
 * their time has come or they wait for another try. Throws `invalid` for a zone that the database doesn't know.
 */
export async function setTimeZone(scope: TenantScope, input: SetTimeZone): Promise<void> {
  requirePermission(scope, 'workspace:manage')
  const { tenantId, tenantName } = scope
  const isOurs = eq(tenants.id, tenantId)
  const isSet = await inTenant(scope, async (tx) => {
    const timeZone = await spellOut(tx, input.timeZone)
    const [before] = await tx
      .select({ timeZone: tenants.timeZone })
      .from(tenants)
      .where(isOurs)
      .for('no key update')
    if (!before || before.timeZone === timeZone) return false
    await tx.update(tenants).set({ timeZone }).where(isOurs)
    await recordEvent(tx, scope, 'WORKSPACE_TIME_ZONE_SET', {
      message: `The time zone of workspace ${tenantName} was changed from ${before.timeZone} to ${timeZone}`,
      targets: [{ type: 'workspace', name: tenantName, id: tenantId }],
      oldValue: before.timeZone,
      newValue: timeZone,
    })
    return true
  })
  // Behind the commit, so that a message that is being sent meanwhile takes its next time from one clock or is moved here.
  if (isSet) await inTenant(scope, (tx) => moveTimes(tx, scope))
}

/** Sets what waits for its time of the day to the next one by the new clock. */
async function moveTimes(tx: Transaction, { tenantId }: TenantScope): Promise<void> {
  const s = deliveryStreams
  await tx
    .update(s)
    .set({ dueAt: nextTimeOfRow })
    .where(
      and(
        eq(s.tenantId, tenantId),
        isNotNull(s.atMinutes),
        eq(s.consecutiveFailures, 0),
        gt(s.dueAt, sql`now()`),
      ),
    )
  await reschedulePlans(tx, tenantId)
}

/** As the database writes it, whose own zone data say when a day begins. */
async function spellOut(tx: Transaction, timeZone: string): Promise<string> {
  const [known] = await tx.execute<{ name: string }>(
    sql`select name from pg_timezone_names where lower(name) = lower(${timeZone}) limit 1`,
  )
  if (known) return known.name
  const detail = 'This database does not know that zone. Choose a larger town of the same time.'
  const violations = [{ pointer: '/timeZone', code: 'invalid', detail }]
  throw new AppError('invalid', detail, { violations })
}
