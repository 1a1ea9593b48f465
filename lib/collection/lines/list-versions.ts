import { and, desc, eq } from 'drizzle-orm'
import { lineVersions } from '@/db/schema/lines'
import { inTenant } from '@/lib/access/in-tenant'
import { requirePermission, type TenantScope } from '@/lib/access/scope'
import { noSuchLine } from './find-line'
import type { LineId } from './input'
import type { LineVersionView } from './line-view'
import { readLines } from './read-lines'

/** Who pages through more looks for something else. */
const MAX_VERSIONS = 500

/** The versions of a line, the newest first. Throws `not_found`. */
export async function listLineVersions(scope: TenantScope, { id }: LineId): Promise<LineVersionView[]> {
  requirePermission(scope, 'collection:read')
  return inTenant(scope, async (tx) => {
    const [line] = await readLines(tx, scope.tenantId, id)
    if (!line) throw noSuchLine()
    const { version, savedBy, savedAt } = lineVersions
    return tx
      .select({ version, savedBy, savedAt })
      .from(lineVersions)
      .where(and(eq(lineVersions.tenantId, scope.tenantId), eq(lineVersions.lineId, id)))
      .orderBy(desc(version))
      .limit(MAX_VERSIONS)
  })
}
