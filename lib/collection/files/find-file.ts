import { and, eq, ne } from 'drizzle-orm'
import { z } from 'zod'
import type { Transaction } from '@/db/client'
import { collectionRuns, siloFiles } from '@/db/schema/silos'
import type { TenantScope } from '@/lib/access/scope'
import { readSilo, type SiloRow } from '@/lib/collection/silos/find-silo'
import { AppError } from '@/lib/errors/app-error'
import type { FileId } from './input'

export type FileRow = typeof siloFiles.$inferSelect

export const noSuchFile = (): AppError => new AppError('not_found', 'There is no such file in this silo.')

export const isFile = (tenantId: string, id: string) =>
  and(eq(siloFiles.tenantId, tenantId), eq(siloFiles.id, id), ne(siloFiles.state, 'receiving'))

/** A file and its silo. Throws `not_found`, also for an id that cannot be one. */
export async function findFile(
  tx: Transaction,
  scope: TenantScope,
  { silo: name, id }: FileId,
  { isLocked = false } = {},
): Promise<{ silo: SiloRow; file: FileRow }> {
  if (!z.uuid().safeParse(id).success) throw noSuchFile()
  const silo = await readSilo(tx, scope, name)
  const query = tx
    .select()
    .from(siloFiles)
    .where(and(isFile(scope.tenantId, id), eq(siloFiles.siloId, silo.id)))
  const [file] = await (isLocked ? query.for('update') : query)
  if (!file) throw noSuchFile()
  return { silo, file }
}

/** Throws `conflict` while a run of the silo is under way: it may be at this very file, or come to it any moment. */
export async function requireNoRun(tx: Transaction, { tenantId, id, name }: SiloRow): Promise<void> {
  const r = collectionRuns
  const isRunning = and(eq(r.tenantId, tenantId), eq(r.siloId, id), eq(r.state, 'running'))
  const found = await tx.select({ id: r.id }).from(r).where(isRunning).limit(1)
  if (found.length > 0)
    throw new AppError(
      'conflict',
      `The silo ${name} is being collected. Wait for its end, or cancel the run.`,
    )
}
