import { randomUUID } from 'node:crypto'
import { and, eq, isNull } from 'drizzle-orm'
import type { Transaction } from '@/db/client'
import { lines } from '@/db/schema/lines'
import type { TenantScope } from '@/lib/access/scope'
import { recordEvent } from '@/lib/audit/record-event'
import { AppError } from '@/lib/errors/app-error'
import { type CreateLine, MAX_LINES } from './input'
import { nameTaken } from './name-taken'
import { insertVersion, requireNoCircle } from './save-version'

/**
 * Adds a line within a transaction of its tenant; whoever calls it has checked the permission and the definition. Throws
 * `conflict` for a name that is taken, or the 201st line.
 */
export async function insertLine(
  tx: Transaction,
  scope: TenantScope,
  { name, note, definition }: CreateLine,
): Promise<{ id: string }> {
  const { tenantId } = scope
  const id = randomUUID()
  const [inserted] = await tx
    .insert(lines)
    .values({ tenantId, id, name, note })
    .onConflictDoNothing()
    .returning({ id: lines.id })
  if (!inserted) throw nameTaken(name)
  await insertVersion(tx, scope, { id, version: 1, definition })
  await recordEvent(tx, scope, 'LINE_CREATED', {
    message: `Line ${name} was added`,
    targets: [{ type: 'line', name, id }],
    newValue: JSON.stringify(definition).slice(0, MAX_TOLD),
  })
  await requireNoCircle(tx, tenantId, { id, name, definition })
  // After our own event nobody else adds one until the commit: the trail's counter is ours.
  const present = and(eq(lines.tenantId, tenantId), isNull(lines.removedAt))
  if ((await tx.$count(lines, present)) > MAX_LINES)
    throw new AppError(
      'conflict',
      `A workspace has at most ${MAX_LINES} lines. Remove one that no silo uses.`,
    )
  return { id }
}

/** The longest old or new value of an event; the whole definition is kept as a version. */
export const MAX_TOLD = 65_536
