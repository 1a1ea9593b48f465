import type { LineChoices } from '@/components/collection/lines/step-form-props'
import type { TenantScope } from '@/lib/access/scope'
import { listLines } from '@/lib/collection/lines/list'
import { getTable } from '@/lib/collection/tables/get'
import { listTables } from '@/lib/collection/tables/list'

/** Tables whose columns are offered while a join is written: of more, their names are typed. */
const MAX_READ_TABLES = 20
/** Larger ones take longer to read than a page may take. */
const MAX_READ_ROWS = 5000

/** The tables and lines that steps can use; a line does not call itself. */
export async function readChoices(scope: TenantScope, id?: string): Promise<LineChoices> {
  const [tables, lines] = await Promise.all([listTables(scope), listLines(scope)])
  const small = tables.filter(({ kind, rows }) => kind === 'lookup' && rows <= MAX_READ_ROWS)
  const read = await Promise.all(
    small.slice(0, MAX_READ_TABLES).map((table) => getTable(scope, { id: table.id })),
  )
  const columns = new Map(read.map((table) => [table.id, table.columns]))
  return {
    tables: tables.map(({ id: tableId, name, kind }) => ({
      id: tableId,
      name,
      kind,
      columns: columns.get(tableId) ?? [],
    })),
    lines: lines.filter((line) => line.id !== id).map((line) => ({ id: line.id, name: line.name })),
  }
}
