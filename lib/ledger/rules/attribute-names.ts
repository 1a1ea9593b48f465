import { sql } from 'drizzle-orm'
import type { Transaction } from '@/db/client'
import { type EntityType, LINKS, NAME_ATTRIBUTE } from '@/lib/ledger/entity-types'

/** Attributes of a type that ledgers usually have. */
const USUAL: Partial<Record<EntityType, readonly string[]>> = {
  account: ['sid'],
  identity: ['email', 'hr_code'],
  group: ['sid'],
}
/** More different columns than any file has. */
const MAX_NAMES = 500

/** What every entity of a type may be compared by, whether the ledger has it yet or not. */
export const usualNames = (type: EntityType): string[] => [
  ...new Set([
    'key',
    'display_name',
    NAME_ATTRIBUTE[type],
    ...Object.keys(LINKS[type]),
    ...(USUAL[type] ?? []),
  ]),
]

/** The names of what entities of a type have in the ledger now, by name. Jumps from name to name in the index. */
export async function readAttributeNames(
  tx: Transaction,
  tenantId: string,
  type: EntityType,
): Promise<string[]> {
  const rows = await tx.execute<{ name: string }>(sql`
    with recursive names (name) as (
      (select name from ledger_values where tenant_id = ${tenantId} and type = ${type} order by name limit 1)
      union all
      select next.name from names cross join lateral (
        select v.name from ledger_values v
        where v.tenant_id = ${tenantId} and v.type = ${type} and v.name > names.name order by v.name limit 1) next
    )
    select name from names where name <> '~' limit ${MAX_NAMES}`)
  return rows.map(({ name }) => name)
}
