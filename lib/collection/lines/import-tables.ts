import { and, eq, inArray, isNull } from 'drizzle-orm'
import type { Transaction } from '@/db/client'
import { lineTables } from '@/db/schema/lines'
import type { TenantScope } from '@/lib/access/scope'
import { changeTable } from '@/lib/collection/tables/change-table'
import type { TableRow } from '@/lib/collection/tables/find-table'
import { findVersion } from '@/lib/collection/tables/find-version'
import { insertTable } from '@/lib/collection/tables/insert-table'
import { requireSound } from '@/lib/collection/tables/require-sound'
import { AppError } from '@/lib/errors/app-error'
import type { Imported } from './import'
import type { LineFile } from './line-file'

/** The tenant's tables of these names, locked before anything is written, so that nobody waits for us who we wait for. */
export async function lockTablesNamed(
  tx: Transaction,
  tenantId: string,
  names: string[],
): Promise<Map<string, TableRow>> {
  if (names.length === 0) return new Map()
  const rows = await tx
    .select()
    .from(lineTables)
    .where(
      and(eq(lineTables.tenantId, tenantId), inArray(lineTables.name, names), isNull(lineTables.removedAt)),
    )
    .orderBy(lineTables.id)
    .for('no key update')
  return new Map(rows.map((row) => [row.name, row]))
}

/** Adds a file's table, or gives the one of its name these rows. Gives its id here. */
export async function importTable(
  tx: Transaction,
  scope: TenantScope,
  table: LineFile['tables'][number],
  present: TableRow | undefined,
  options: { replaces: boolean; mandants: ReadonlySet<string>; imported: Imported },
): Promise<string> {
  const { replaces, mandants, imported } = options
  const sound = requireSound(table.kind, table.name, table.content, mandants)
  if (!present) {
    imported.created.push(`table ${table.name}`)
    return (await insertTable(tx, scope, table, sound)).id
  }
  if (present.kind !== table.kind)
    throw new AppError(
      'conflict',
      `There is a table ${table.name} of another kind here. Rename one of the two.`,
    )
  const { content } = await findVersion(tx, scope.tenantId, present.id, present.version)
  if (content === sound.text) return present.id
  if (!replaces) throw differs(`table ${table.name}`)
  imported.updated.push(`table ${table.name}`)
  await changeTable(tx, scope, present, {}, sound)
  return present.id
}

export const differs = (what: string): AppError =>
  new AppError(
    'conflict',
    `There is a ${what} here that differs from the file's. Import it as a new version, or rename one of the two.`,
  )
