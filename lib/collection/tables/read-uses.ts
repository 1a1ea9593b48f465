import { sql } from 'drizzle-orm'
import type { Transaction } from '@/db/client'

type Use = { tableId: string; id: string; name: string }

/** Which tables the newest versions of the tenant's lines use, by the lines' names. */
export async function readUses(tx: Transaction, tenantId: string): Promise<Use[]> {
  const rows = await tx.execute<{ table_id: string; id: string; name: string }>(sql`
    select distinct used.id as table_id, l.id, l.name
    from lines l
    join line_versions v on v.tenant_id = l.tenant_id and v.line_id = l.id and v.version = l.version
    cross join lateral jsonb_array_elements(v.definition->'steps') step
    cross join lateral (values (step->>'tableId'), (step->>'propertiesId'), (step->>'mappingId')) used (id)
    where l.tenant_id = ${tenantId} and l.removed_at is null and used.id is not null
    order by l.name`)
  return rows.map(({ table_id, id, name }) => ({ tableId: table_id, id, name }))
}

/** The lines that use one table. */
export function usesOf(uses: readonly Use[], tableId: string): { id: string; name: string }[] {
  return uses.flatMap((use) => (use.tableId === tableId ? [{ id: use.id, name: use.name }] : []))
}
