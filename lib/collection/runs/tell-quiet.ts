import { and, eq, isNull, lte, max, sql } from 'drizzle-orm'
import { siloFiles, silos } from '@/db/schema/silos'
import { inTenant } from '@/lib/access/in-tenant'
import { requirePermission, type TenantScope } from '@/lib/access/scope'
import { recordEvent } from '@/lib/audit/record-event'
import { warnManagers } from '@/lib/warnings/warn-managers'

const toMinute = (moment: Date) => `${moment.toISOString().slice(0, 16).replace('T', ' ')} UTC`

/** Tells that a silo has had no new file for longer than usual, once until the next one arrives. Gives whether it was told. */
export async function tellQuiet(scope: TenantScope, siloId: string): Promise<boolean> {
  requirePermission(scope, 'collection:manage')
  const { tenantId } = scope
  return inTenant(scope, async (tx) => {
    const isIt = and(eq(silos.tenantId, tenantId), eq(silos.id, siloId))
    const [silo] = await tx
      .update(silos)
      .set({ quietToldAt: sql`now()` })
      .where(and(isIt, lte(silos.quietAt, sql`now()`), isNull(silos.quietToldAt), isNull(silos.removedAt)))
      .returning({ name: silos.name })
    if (!silo) return false
    const [last] = await tx
      .select({ at: max(siloFiles.receivedAt) })
      .from(siloFiles)
      .where(and(eq(siloFiles.tenantId, tenantId), eq(siloFiles.siloId, siloId)))
    const since = last?.at ? `since ${toMinute(last.at)}` : 'for longer than usual'
    const message = `Silo ${silo.name} has had no new file ${since}`
    await recordEvent(tx, scope, 'SILO_QUIET', {
      message,
      targets: [{ type: 'silo', name: silo.name, id: siloId }],
      ...(last?.at && { data: { lastFileAt: last.at.toISOString() } }),
    })
    await warnManagers(tx, tenantId, {
      key: `silo ${siloId} quiet since ${last?.at?.toISOString() ?? 'ever'}`,
      message,
      details: [
        'By the rhythm of its files until then, the next one is overdue.',
        'Look whether whatever writes the files, or brings them here, still runs.',
      ],
      link: { label: 'Open the silo', path: `collection/silos/${silo.name}` },
    })
    return true
  })
}
