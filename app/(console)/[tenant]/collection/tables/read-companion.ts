import type { Companion } from '@/components/collection/tables/use-table-check'
import type { TenantScope } from '@/lib/access/scope'
import { toEventProperties } from '@/lib/collection/processing/event-properties'
import { getTable } from '@/lib/collection/tables/get'

/** A table of event properties with the names that a mapping can use. Throws `not_found`. */
export async function readCompanion(scope: TenantScope, { id }: { id: string }): Promise<Companion> {
  const table = await getTable(scope, { id })
  const properties = [...toEventProperties(table)].map(([eventId, { names }]) => [
    eventId,
    names.filter((name) => name !== ''),
  ])
  return { id, name: table.name, properties: Object.fromEntries(properties) }
}
