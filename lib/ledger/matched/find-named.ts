import { sql } from 'drizzle-orm'
import type { Transaction } from '@/db/client'
import type { EntityType } from '@/lib/ledger/entity-types'
import { thisTenant } from '@/lib/ledger/this-tenant'
import { parseEntityValue } from './entity-value'

export type FoundEntity = { id: string; type: EntityType; key: string; keyFold: string }

/** The entities that values of a filter name, by these values; those that the ledger has not are left out. */
export async function findNamed(
  tx: Transaction,
  tenantId: string,
  values: readonly string[],
): Promise<Map<string, FoundEntity>> {
  const named = values.map(parseEntityValue)
  const rows = await tx.execute<FoundEntity>(sql`
    select e.id, e.type, e.key, e.key_fold as "keyFold"
    from json_to_recordset(${JSON.stringify(named)}::json) as n(type text, "keyFold" text)
    join ledger_entities e on e.tenant_id = ${thisTenant(tenantId)} and e.type = n.type and e.key_fold = n."keyFold"`)
  return new Map(
    values.flatMap((value, i) => {
      const found = rows.find(({ type, keyFold }) => type === named[i]?.type && keyFold === named[i]?.keyFold)
      return found ? [[value, found]] : []
    }),
  )
}
