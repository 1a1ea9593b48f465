import { eq } from 'drizzle-orm'
import { siloFiles } from '@/db/schema/silos'
import { inTenant } from '@/lib/access/in-tenant'
import { requirePermission, type TenantScope } from '@/lib/access/scope'
import type { FileView } from './file-view'
import { findFile, noSuchFile } from './find-file'
import type { FileId } from './input'
import { readFiles } from './read-files'

/** One file. Throws `not_found`. */
export async function getFile(scope: TenantScope, id: FileId): Promise<FileView> {
  requirePermission(scope, 'collection:read')
  return inTenant(scope, async (tx) => {
    const { file } = await findFile(tx, scope, id)
    const [view] = await readFiles(tx, scope.tenantId, { where: eq(siloFiles.id, file.id), limit: 1 })
    if (!view) throw noSuchFile()
    return view
  })
}
