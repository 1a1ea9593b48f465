import { and, eq, sql } from 'drizzle-orm'
import { lineTables } from '@/db/schema/lines'
import { inTenant } from '@/lib/access/in-tenant'
import { requirePermission, type TenantScope } from '@/lib/access/scope'
import { recordEvent } from '@/lib/audit/record-event'
import { AppError } from '@/lib/errors/app-error'
import { lockTable } from './find-table'
import type { TableId } from './input'
import { readUses, usesOf } from './read-uses'

/**
 * Removes a table; its versions stay, because runs name them. Throws `not_found`, and `conflict` with the names of the
 * lines that use it.
 */
export async function removeTable(scope: TenantScope, { id }: TableId): Promise<void> {
  requirePermission(scope, 'collection:manage')
  const { tenantId } = scope
  await inTenant(scope, async (tx) => {
    const { name, kind, version } = await lockTable(tx, scope, id)
    const lines = usesOf(await readUses(tx, tenantId), id)
    if (lines.length > 0) {
      const names = lines.map((line) => line.name).join(', ')
      const message = `Table ${name} is used by ${lines.length === 1 ? 'line' : 'lines'} ${names}. Give them another table first.`
      throw new AppError('conflict', message)
    }
    await tx
      .update(lineTables)
      .set({ removedAt: sql`now()`, updatedAt: sql`now()` })
      .where(and(eq(lineTables.tenantId, tenantId), eq(lineTables.id, id)))
    await recordEvent(tx, scope, 'TABLE_REMOVED', {
      message: `Table ${name} was removed`,
      targets: [{ type: 'table', name, id }],
      data: { kind, version },
    })
  })
}
