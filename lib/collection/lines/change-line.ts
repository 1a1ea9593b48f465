import { and, eq, isNull, ne, sql } from 'drizzle-orm'
import type { Transaction } from '@/db/client'
import { lines } from '@/db/schema/lines'
import type { TenantScope } from '@/lib/access/scope'
import { recordEvent } from '@/lib/audit/record-event'
import { violatesUnique } from '@/lib/errors/violates-unique'
import { canonicalJson } from '@/lib/integrity/jcs'
import type { LineDefinition } from './definition'
import type { LineRow } from './find-line'
import { findVersion } from './find-version'
import type { UpdateLine } from './input'
import { MAX_TOLD } from './insert-line'
import { nameTaken } from './name-taken'
import { insertVersion, requireNoCircle } from './save-version'

type Change = Pick<UpdateLine, 'name' | 'note' | 'definition'>

/**
 * Changes a locked line within a transaction of its tenant; whoever calls it has checked the permission and the
 * definition. The same definition is no new version, and a change of nothing is no event. Throws `conflict` for a name
 * that is taken.
 */
export async function changeLine(
  tx: Transaction,
  scope: TenantScope,
  row: LineRow,
  change: Change,
): Promise<{ id: string; version: number; isNew: boolean }> {
  const { id, tenantId } = row
  const { name = row.name, note = row.note } = change
  const before = await findVersion(tx, tenantId, id, row.version)
  const definition = change.definition ?? before.definition
  const isNew = canonicalJson(definition) !== canonicalJson(before.definition)
  const version = isNew ? row.version + 1 : row.version
  if (!isNew && name === row.name && note === row.note) return { id, version, isNew }
  if (name !== row.name) await requireFreeName(tx, row, name)
  if (isNew) await insertVersion(tx, scope, { id, version, definition })
  try {
    await tx
      .update(lines)
      .set({ name, note, version, updatedAt: sql`greatest(now(), updated_at + interval '1 millisecond')` })
      .where(and(eq(lines.tenantId, tenantId), eq(lines.id, id)))
  } catch (error) {
    throw violatesUnique(error, 'lines_name') ? nameTaken(name) : error
  }
  await recordEvent(tx, scope, 'LINE_UPDATED', {
    message: isNew ? `Line ${name} got version ${version}` : `Line ${name} was changed`,
    targets: [{ type: 'line', name, id }],
    data: {
      before: { name: row.name, note: row.note, version: row.version },
      after: { name, note, version },
    },
    ...(isNew && { oldValue: told(before.definition), newValue: told(definition) }),
  })
  await requireNoCircle(tx, tenantId, { id, name, definition })
  return { id, version, isNew }
}

const told = (definition: LineDefinition) => JSON.stringify(definition).slice(0, MAX_TOLD)

async function requireFreeName(tx: Transaction, { tenantId, id }: LineRow, name: string): Promise<void> {
  const [taken] = await tx
    .select({ id: lines.id })
    .from(lines)
    .where(and(eq(lines.tenantId, tenantId), eq(lines.name, name), ne(lines.id, id), isNull(lines.removedAt)))
  if (taken) throw nameTaken(name)
}
