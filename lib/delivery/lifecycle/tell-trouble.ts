import { and, eq, sql } from 'drizzle-orm'
import type { Transaction } from '@/db/client'
import { deliveryStreams, destinations } from '@/db/schema/delivery'
import { inTenant } from '@/lib/access/in-tenant'
import type { TenantScope } from '@/lib/access/scope'
import { scopeForSystem } from '@/lib/access/scope-for-system'
import { recordEvent } from '@/lib/audit/record-event'
import type { OwnCodeName } from '@/lib/catalog/own-codes'
import { readBacklog } from '@/lib/delivery/read-backlog'
import { revokeLease } from '@/lib/delivery/revoke-lease'
import { warnManagers } from '@/lib/warnings/warn-managers'
import { describeTrouble, type TroubledRow, warnOfTrouble } from './describe-trouble'
import { TOLD_DISABLED } from './failure-steps'
import { type News, newsOfStream, type Trouble } from './find-troubles'

const CODES: Record<News, OwnCodeName> = {
  failing: 'DESTINATION_FAILING',
  disabling: 'DESTINATION_DISABLED',
  disabled: 'DESTINATION_DISABLED',
  recovered: 'DESTINATION_RECOVERED',
}

/**
 * Tells one trouble in the tenant's trail and to its managers, in the transaction that also remembers that it was
 * told, and switches off what has failed for too long. False where another worker was first, or the stream has changed
 * meanwhile.
 */
export async function tellTrouble(tenantId: string, trouble: Trouble): Promise<boolean> {
  const scope = await scopeForSystem(tenantId, 'SCHEDULER')
  const { destinationId, news } = trouble
  return inTenant(scope, async (tx) => {
    const row = await readRow(tx, scope, destinationId)
    if (!row) return false
    // Counted before the stream is locked, which its runner may be waiting for.
    const backlog = await readBacklog(tx, { tenantId, destinationId }, row.stream.nextSeq)
    const words = describeTrouble(row, news)
    const { message, why, answer, target } = words
    if (!(await remember(tx, scope, trouble, why))) return false
    const { firstFailureAt, lastStatus } = row.stream
    await recordEvent(tx, scope, CODES[news], {
      message,
      targets: [target],
      data: {
        ...(why && { why }),
        ...(firstFailureAt && { failingSince: firstFailureAt.toISOString() }),
        ...(why && lastStatus !== null && { status: lastStatus }),
        ...(answer && { answer }),
        waitingEvents: backlog.events,
        ...(backlog.isCapped && { moreWait: true }),
      },
    })
    await warnManagers(tx, tenantId, warnOfTrouble(row, trouble, words, backlog))
    return true
  })
}

async function readRow(
  tx: Transaction,
  { tenantId }: TenantScope,
  id: string,
): Promise<TroubledRow | undefined> {
  const [row] = await tx
    .select({ destination: destinations, stream: deliveryStreams })
    .from(deliveryStreams)
    .innerJoin(
      destinations,
      and(
        eq(destinations.tenantId, deliveryStreams.tenantId),
        eq(destinations.id, deliveryStreams.destinationId),
      ),
    )
    .where(and(eq(deliveryStreams.tenantId, tenantId), eq(deliveryStreams.destinationId, id)))
  return row
}

/** Compare-and-set: true for whoever is to tell it. A stream is judged once more, now that it is locked. */
async function remember(
  tx: Transaction,
  { tenantId }: TenantScope,
  { destinationId, news, step, warnings }: Trouble,
  why: string,
): Promise<boolean> {
  const changes = {
    failing: sql`warnings = ${step}`,
    disabled: sql`warnings = ${TOLD_DISABLED}`,
    recovered: sql`warnings = 0`,
    // A runner that was frozen while it served the stream must not settle it any more.
    disabling: sql`warnings = ${TOLD_DISABLED}, state = 'disabled', reason = ${why}`,
  }
  const changed = await tx.execute(sql`
    update delivery_streams set ${changes[news]}
    where tenant_id = ${tenantId} and destination_id = ${destinationId}
      and warnings = ${warnings} and ${newsOfStream} = ${news}
    returning 1`)
  if (changed.length > 0 && news === 'disabling') await revokeLease(tx, { tenantId, destinationId })
  return changed.length > 0
}
