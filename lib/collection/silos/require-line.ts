import { and, eq, isNull } from 'drizzle-orm'
import type { Transaction } from '@/db/client'
import { lines } from '@/db/schema/lines'
import { AppError } from '@/lib/errors/app-error'

/** Throws `invalid` unless the workspace has the line; null is none, which is fine. */
export async function requireLine(tx: Transaction, tenantId: string, id: string | null): Promise<void> {
  if (id === null) return
  const isThere = and(eq(lines.tenantId, tenantId), eq(lines.id, id), isNull(lines.removedAt))
  // Shared, so that the line is not removed before this commits.
  const [found] = await tx.select({ id: lines.id }).from(lines).where(isThere).for('key share')
  if (found) return
  const detail = 'There is no such line. Choose one of this workspace, or none for now.'
  throw new AppError('invalid', detail, { violations: [{ pointer: '/lineId', code: 'invalid', detail }] })
}
