import { count, eq } from 'drizzle-orm'
import { ledgerEntities } from '@/db/schema/ledger'
import { inTenant } from '@/lib/access/in-tenant'
import { requirePermission, type TenantScope } from '@/lib/access/scope'
import { ENTITY_TYPES, type EntityType } from '@/lib/ledger/entity-types'

/** How many entities of each type the ledger has, those of the past among them. */
export async function countEntities(scope: TenantScope): Promise<Record<EntityType, number>> {
  requirePermission(scope, 'ledger:read')
  const e = ledgerEntities
  const rows = await inTenant(scope, (tx) =>
    tx.select({ type: e.type, count: count() }).from(e).where(eq(e.tenantId, scope.tenantId)).groupBy(e.type),
  )
  const counts = new Map(rows.map((row) => [row.type, row.count]))
  return Object.fromEntries(ENTITY_TYPES.map((type) => [type, counts.get(type) ?? 0])) as Record<
    EntityType,
    number
  >
}
