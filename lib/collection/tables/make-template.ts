import { inTenant } from '@/lib/access/in-tenant'
import { requirePermission, type TenantScope } from '@/lib/access/scope'
import { toEventProperties } from '@/lib/collection/processing/event-properties'
import type { TableTemplate } from './input'
import { loadTable } from './load'
import { tableTemplate } from './table-template'

/** A template of a configuration file as CSV. Throws `not_found` for event properties that are not there. */
export async function makeTemplate(
  scope: TenantScope,
  { propertiesId, ...wishes }: TableTemplate,
): Promise<string> {
  requirePermission(scope, 'collection:read')
  if (!propertiesId) return tableTemplate(wishes)
  const table = await inTenant(scope, (tx) => loadTable(tx, scope.tenantId, propertiesId))
  return tableTemplate({ ...wishes, properties: toEventProperties(table) })
}
