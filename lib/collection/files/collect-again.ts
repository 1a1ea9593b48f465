import { and, eq } from 'drizzle-orm'
import type { Transaction } from '@/db/client'
import { siloFileChunks, siloFiles } from '@/db/schema/silos'
import { inTenant } from '@/lib/access/in-tenant'
import { requirePermission, type TenantScope } from '@/lib/access/scope'
import { AppError } from '@/lib/errors/app-error'
import type { FileView } from './file-view'
import { type FileRow, findFile, noSuchFile, requireNoRun } from './find-file'
import type { FileId } from './input'
import { readFiles } from './read-files'

/**
 * Lets the next run collect a file from its first byte. What is in the trail already is found there, and not stored
 * twice. Throws `not_found`, and `conflict` while the silo is being collected, or where the content is forgotten.
 */
export async function collectFileAgain(scope: TenantScope, named: FileId): Promise<FileView> {
  requirePermission(scope, 'collection:write')
  const { tenantId } = scope
  return inTenant(scope, async (tx) => {
    const { silo, file } = await findFile(tx, scope, named, { isLocked: true })
    await requireNoRun(tx, silo)
    if (file.forgottenAt || !(await hasContent(tx, file)))
      throw new AppError(
        'conflict',
        `The content of ${file.name} is not kept any more. Remove the file here, and hand it over again.`,
      )
    await tx
      .update(siloFiles)
      .set({
        ...{ state: 'new', error: null, collectedAt: null, reading: null, header: null },
        ...{ readBytes: 0, readLines: 0 },
        ...{ rows: 0, collected: 0, duplicates: 0, filtered: 0, rejected: 0 },
      })
      .where(and(eq(siloFiles.tenantId, tenantId), eq(siloFiles.id, file.id)))
    const [view] = await readFiles(tx, tenantId, { where: eq(siloFiles.id, file.id), limit: 1 })
    if (!view) throw noSuchFile()
    return view
  })
}

/** Whoever forgets content begins with the first piece. */
async function hasContent(tx: Transaction, { tenantId, id }: FileRow): Promise<boolean> {
  const c = siloFileChunks
  const isFirst = and(eq(c.tenantId, tenantId), eq(c.fileId, id), eq(c.startByte, 0))
  return (await tx.$count(c, isFirst)) > 0
}
