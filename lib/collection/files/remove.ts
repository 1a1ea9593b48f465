import { and, eq, sql } from 'drizzle-orm'
import { collectionRejects, siloFiles } from '@/db/schema/silos'
import { inTenant } from '@/lib/access/in-tenant'
import { requirePermission, type TenantScope } from '@/lib/access/scope'
import { recordEvent } from '@/lib/audit/record-event'
import { AppError } from '@/lib/errors/app-error'
import { parseInput } from '@/lib/errors/parse-input'
import { dropFile } from './drop-file'
import { findFile, requireNoRun } from './find-file'
import { type RemoveFile, removeFileSchema } from './input'

/**
 * Removes a file, its content and the rows that were rejected. What was collected from it stays in the trail. Throws
 * `not_found`, and `conflict` while the silo is being collected, or where rows wait to be collected again and nobody
 * said that they may go.
 */
export async function removeFile(scope: TenantScope, input: RemoveFile): Promise<{ id: string }> {
  requirePermission(scope, 'collection:write')
  const { discardRejects, ...named } = parseInput(removeFileSchema, input)
  const { tenantId } = scope
  await inTenant(scope, async (tx) => {
    const { silo, file } = await findFile(tx, scope, named, { isLocked: true })
    await requireNoRun(tx, silo)
    const r = collectionRejects
    const openRejects = await tx.$count(
      r,
      and(eq(r.tenantId, tenantId), eq(r.siloId, silo.id), eq(r.fileId, file.id), eq(r.state, 'open')),
    )
    if (openRejects > 0 && !discardRejects)
      throw new AppError(
        'conflict',
        `${openRejects} rejected rows of ${file.name} wait to be collected again, and would go with it. Say that they may (discardRejects), or collect them first.`,
      )
    // As if it had never arrived wholly: whoever is killed behind this leaves the rest to `tendFiles`.
    await tx
      .update(siloFiles)
      .set({ state: 'receiving', sha256: null, receivedAt: sql`'epoch'` })
      .where(and(eq(siloFiles.tenantId, tenantId), eq(siloFiles.id, file.id)))
    await recordEvent(tx, scope, 'SILO_FILE_REMOVED', {
      message: `File ${file.name} of silo ${silo.name} was removed`,
      targets: [{ type: 'silo', name: silo.name, id: silo.id }],
      data: {
        file: file.name,
        id: file.id,
        bytes: file.bytes,
        sha256: file.sha256?.toString('hex') ?? null,
        state: file.state,
        openRejects,
      },
    })
  })
  await dropFile(scope, named.id)
  return { id: named.id }
}
