import type { TenantScope } from '@/lib/access/scope'
import { ENTITY_TYPES, type EntityType } from '@/lib/ledger/entity-types'
import { listAttributes } from '@/lib/ledger/rules/list-attributes'

/** What rules may compare, by the type of what they find. */
export async function readKnownAttributes(scope: TenantScope): Promise<Record<EntityType, string[]>> {
  const known = await Promise.all(
    ENTITY_TYPES.map(
      async (entityType) => [entityType, await listAttributes(scope, { entityType })] as const,
    ),
  )
  return Object.fromEntries(known) as Record<EntityType, string[]>
}
