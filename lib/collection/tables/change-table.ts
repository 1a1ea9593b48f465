import { and, eq, isNull, ne, sql } from 'drizzle-orm'
import type { Transaction } from '@/db/client'
import { lineTables } from '@/db/schema/lines'
import type { TenantScope } from '@/lib/access/scope'
import { recordEvent } from '@/lib/audit/record-event'
import { violatesUnique } from '@/lib/errors/violates-unique'
import { countDifferences, diffTables } from './diff-tables'
import type { TableRow } from './find-table'
import { findVersion } from './find-version'
import type { UpdateTable } from './input'
import { insertVersion } from './insert-version'
import { nameTaken } from './name-taken'
import { parseTable } from './parse-table'
import type { SoundTable } from './require-sound'
import type { SavedTable } from './table'

async function requireFreeName(tx: Transaction, { tenantId, id }: TableRow, name: string): Promise<void> {
  const t = lineTables
  const [taken] = await tx
    .select({ id: t.id })
    .from(t)
    .where(and(eq(t.tenantId, tenantId), eq(t.name, name), ne(t.id, id), isNull(t.removedAt)))
  if (taken) throw nameTaken(name)
}

/** How many rows a new version adds, removes and changes; null where it contains exactly what the newest one does. */
async function compare(tx: Transaction, row: TableRow, sound: SoundTable | undefined) {
  if (!sound) return null
  const newest = await findVersion(tx, row.tenantId, row.id, row.version)
  if (newest.content === sound.text) return null
  return countDifferences(diffTables(parseTable(row.kind, newest.content).content, sound.content))
}

/**
 * Changes a locked table within a transaction of its tenant; whoever calls it has checked the permission. The same
 * content is no new version, and a change of nothing is no event. Throws `conflict` for a name that is taken.
 */
export async function changeTable(
  tx: Transaction,
  scope: TenantScope,
  row: TableRow,
  change: Pick<UpdateTable, 'name' | 'note'>,
  sound?: SoundTable,
): Promise<SavedTable> {
  const { id } = row
  const name = change.name ?? row.name
  const note = change.note ?? row.note
  const differences = await compare(tx, row, sound)
  const version = differences ? row.version + 1 : row.version
  const problems = sound?.warnings ?? []
  if (!differences && name === row.name && note === row.note) return { id, version, isNew: false, problems }
  if (name !== row.name) await requireFreeName(tx, row, name)
  if (differences && sound) await insertVersion(tx, scope, id, version, sound)
  try {
    await tx
      .update(lineTables)
      .set({ name, note, version, updatedAt: sql`greatest(now(), updated_at + interval '1 millisecond')` })
      .where(and(eq(lineTables.tenantId, row.tenantId), eq(lineTables.id, id)))
  } catch (error) {
    throw violatesUnique(error, 'line_tables_name') ? nameTaken(name) : error
  }
  await recordEvent(tx, scope, 'TABLE_UPDATED', {
    message: differences ? `Table ${name} got version ${version}` : `Table ${name} was changed`,
    targets: [{ type: 'table', name, id }],
    data: {
      before: { name: row.name, note: row.note, version: row.version },
      after: { name, note, version },
      ...(differences && { rows: differences }),
    },
  })
  return { id, version, isNew: differences !== null, problems }
}
