import { and, eq, inArray, sql } from 'drizzle-orm'
import { collectionRejects, siloFiles } from '@/db/schema/silos'
import { inTenant } from '@/lib/access/in-tenant'
import { requirePermission, type TenantScope } from '@/lib/access/scope'
import { recordEvent } from '@/lib/audit/record-event'
import { readSilo } from '@/lib/collection/silos/find-silo'
import { AppError } from '@/lib/errors/app-error'
import type { DiscardRejects } from './input'

const j = collectionRejects

/**
 * Gives up open rejects of a silo, of one of its files, or of lines of it: they are kept as they were until their file
 * goes, and never collected again. Throws `not_found`, and `invalid` for lines without their file.
 */
export async function discardRejects(
  scope: TenantScope,
  { silo, file, lines }: DiscardRejects,
): Promise<{ discarded: number }> {
  requirePermission(scope, 'collection:write')
  if (lines !== undefined && file === undefined)
    throw new AppError('invalid', 'Lines are those of a file. Say which one.')
  const { tenantId } = scope
  return inTenant(scope, async (tx) => {
    const { id: siloId } = await readSilo(tx, scope, silo)
    const [found] =
      file === undefined
        ? []
        : await tx
            .select({ name: siloFiles.name })
            .from(siloFiles)
            .where(
              and(eq(siloFiles.tenantId, tenantId), eq(siloFiles.siloId, siloId), eq(siloFiles.id, file)),
            )
    if (file !== undefined && !found) throw new AppError('not_found', 'There is no such file.')
    const { count: discarded } = await tx
      .update(j)
      .set({ state: 'discarded', settledAt: sql`now()` })
      .where(
        and(
          eq(j.tenantId, tenantId),
          eq(j.siloId, siloId),
          eq(j.state, 'open'),
          file === undefined ? undefined : eq(j.fileId, file),
          lines === undefined ? undefined : inArray(j.line, lines),
        ),
      )
    if (discarded === 0) return { discarded }
    const rows = discarded === 1 ? 'A rejected row' : `${discarded.toLocaleString('en')} rejected rows`
    await recordEvent(tx, scope, 'REJECTS_DISCARDED', {
      message: `${rows} of ${found ? `file ${found.name} in ` : ''}silo ${silo} ${discarded === 1 ? 'was' : 'were'} given up`,
      targets: [{ type: 'silo', name: silo, id: siloId }],
      data: { discarded, ...(file !== undefined && { file }), ...(lines && { lines: [...lines] }) },
    })
    return { discarded }
  })
}
