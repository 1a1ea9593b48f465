import { sql } from 'drizzle-orm'
import { inTenant } from '@/lib/access/in-tenant'
import { requirePermission, type TenantScope } from '@/lib/access/scope'
import { foldText } from '@/lib/ledger/fold-text'
import type { EntitySummary } from './entity-view'
import type { FindEntity } from './input'
import { readSummaries } from './read-summaries'

/** The entity of a type that has the key, whatever its case; null where there is none. */
export async function findEntity(
  scope: TenantScope,
  { type, key }: FindEntity,
): Promise<EntitySummary | null> {
  requirePermission(scope, 'ledger:read')
  const condition = sql`e.type = ${type} and e.key_fold = ${foldText(key)}`
  const [found] = await inTenant(scope, (tx) => readSummaries(tx, scope.tenantId, condition, 1))
  return found ?? null
}
