import { inTenant } from '@/lib/access/in-tenant'
import { requirePermission, type TenantScope } from '@/lib/access/scope'
import { noSuchLine } from './find-line'
import { findVersion } from './find-version'
import type { GetLine } from './input'
import type { LineDetail } from './line-view'
import { readLines } from './read-lines'

/** A line with what its newest version does, or an earlier one did. Throws `not_found`. */
export async function getLine(scope: TenantScope, { id, version }: GetLine): Promise<LineDetail> {
  requirePermission(scope, 'collection:read')
  return inTenant(scope, async (tx) => {
    const [line] = await readLines(tx, scope.tenantId, id)
    if (!line) throw noSuchLine()
    const shown = await findVersion(tx, scope.tenantId, id, version ?? line.version)
    return { ...line, shownVersion: shown.version, definition: shown.definition }
  })
}
