import { inTenant } from '@/lib/access/in-tenant'
import { requirePermission, type TenantScope } from '@/lib/access/scope'
import { findNamed } from '@/lib/ledger/matched/find-named'
import type { ShownEntity } from '@/lib/ledger/matched/matched-event'
import { readShownOf } from '@/lib/ledger/matched/read-behind'
import { ENTITY_CHOICES, hasEntityChoice, type TrailFilter } from './filter'

/** The entities that a filter names, by its values (`identity:jdoe`); null where the ledger has none: nothing is by it. */
export async function readFilterEntities(
  scope: TenantScope,
  filter: TrailFilter,
): Promise<Map<string, ShownEntity | null>> {
  requirePermission(scope, 'events:read')
  if (!hasEntityChoice(filter)) return new Map()
  const values = ENTITY_CHOICES.flatMap((name) => [
    ...(filter[name]?.include ?? []),
    ...(filter[name]?.exclude ?? []),
  ])
  return inTenant(scope, async (tx) => {
    const found = await findNamed(tx, scope.tenantId, values)
    const shown = await readShownOf(
      tx,
      scope.tenantId,
      [...found.values()].map(({ id }) => id),
    )
    return new Map(values.map((value) => [value, shown.get(found.get(value)?.id ?? '') ?? null]))
  })
}
