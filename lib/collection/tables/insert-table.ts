import { randomUUID } from 'node:crypto'
import { and, eq, isNull } from 'drizzle-orm'
import type { Transaction } from '@/db/client'
import { lineTables } from '@/db/schema/lines'
import type { TenantScope } from '@/lib/access/scope'
import { recordEvent } from '@/lib/audit/record-event'
import { AppError } from '@/lib/errors/app-error'
import { type CreateTable, MAX_TABLES } from './input'
import { insertVersion } from './insert-version'
import { nameTaken } from './name-taken'
import type { SoundTable } from './require-sound'
import type { SavedTable } from './table'

/**
 * Adds a table within a transaction of its tenant; whoever calls it has checked the permission. Throws `conflict` for a
 * name that is taken, or the 201st table.
 */
export async function insertTable(
  tx: Transaction,
  scope: TenantScope,
  { kind, name, note }: Omit<CreateTable, 'content'>,
  sound: SoundTable,
): Promise<SavedTable> {
  const { tenantId } = scope
  const id = randomUUID()
  const [inserted] = await tx
    .insert(lineTables)
    .values({ tenantId, id, kind, name, note })
    .onConflictDoNothing()
    .returning({ id: lineTables.id })
  if (!inserted) throw nameTaken(name)
  await insertVersion(tx, scope, id, 1, sound)
  await recordEvent(tx, scope, 'TABLE_CREATED', {
    message: `Table ${name} was added`,
    targets: [{ type: 'table', name, id }],
    data: { kind, rows: sound.content.rows.length, columns: sound.content.columns.length },
  })
  // After our own event nobody else adds one until the commit: the trail's counter is ours.
  const present = and(eq(lineTables.tenantId, tenantId), isNull(lineTables.removedAt))
  if ((await tx.$count(lineTables, present)) > MAX_TABLES)
    throw new AppError(
      'conflict',
      `A workspace has at most ${MAX_TABLES} tables. Remove one that no line uses.`,
    )
  return { id, version: 1, isNew: true, problems: sound.warnings }
}
