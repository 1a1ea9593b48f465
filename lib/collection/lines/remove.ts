import { and, eq, sql } from 'drizzle-orm'
import { lines } from '@/db/schema/lines'
import { inTenant } from '@/lib/access/in-tenant'
import { requirePermission, type TenantScope } from '@/lib/access/scope'
import { recordEvent } from '@/lib/audit/record-event'
import { AppError } from '@/lib/errors/app-error'
import { lockLine } from './find-line'
import type { LineId } from './input'
import { readLines } from './read-lines'

/**
 * Removes a line; its versions stay, because runs name them. Throws `not_found`, and `conflict` with the names of the
 * silos and lines that use it.
 */
export async function removeLine(scope: TenantScope, { id }: LineId): Promise<void> {
  requirePermission(scope, 'collection:manage')
  const { tenantId } = scope
  await inTenant(scope, async (tx) => {
    const { name, version } = await lockLine(tx, scope, id, 'update')
    const [view] = await readLines(tx, tenantId, id)
    const users = [
      ...(view?.silos ?? []).map((silo) => `the silo ${silo}`),
      ...(view?.usedBy ?? []).map((line) => `the line ${line.name}`),
    ]
    if (users.length > 0) {
      const message = `Line ${name} is used by ${users.join(', ')}. Give them another line first.`
      throw new AppError('conflict', message)
    }
    await tx
      .update(lines)
      .set({ removedAt: sql`now()`, updatedAt: sql`now()` })
      .where(and(eq(lines.tenantId, tenantId), eq(lines.id, id)))
    await recordEvent(tx, scope, 'LINE_REMOVED', {
      message: `Line ${name} was removed`,
      targets: [{ type: 'line', name, id }],
      data: { version },
    })
  })
}
