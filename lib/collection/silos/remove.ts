import { and, eq, inArray, ne, sql } from 'drizzle-orm'
import { collectionRuns, siloFiles, siloFound, silos } from '@/db/schema/silos'
import { inTenant } from '@/lib/access/in-tenant'
import { requirePermission, type TenantScope } from '@/lib/access/scope'
import { recordEvent } from '@/lib/audit/record-event'
import { dropFile } from '@/lib/collection/files/drop-file'
import { AppError } from '@/lib/errors/app-error'
import { lockSilo } from './find-silo'
import type { SiloName } from './input'
import { siloFacts } from './silo-facts'

/** Whoever waits for the answer waits no longer for the deletion of files; `tendFiles` does the rest. */
const DELETION_BUDGET_MS = 5_000

/**
 * Removes a silo with the files that it kept and the rows that were rejected. What was collected stays in the trail,
 * and its runs stay readable. Throws `not_found`, and `conflict` while a run is open.
 */
export async function removeSilo(scope: TenantScope, { silo: name }: SiloName): Promise<{ id: string }> {
  requirePermission(scope, 'collection:manage')
  const { tenantId } = scope
  const { id, fileIds } = await inTenant(scope, async (tx) => {
    const silo = await lockSilo(tx, scope, name)
    const r = collectionRuns
    const isOpen = and(
      eq(r.tenantId, tenantId),
      eq(r.siloId, silo.id),
      inArray(r.state, ['queued', 'running']),
    )
    if ((await tx.$count(r, isOpen)) > 0)
      throw new AppError('conflict', `The silo ${name} has an open run. Wait for its end, or cancel it.`)
    await tx
      .update(silos)
      .set({ removedAt: sql`now()`, quietAt: null, secretEnc: null })
      .where(and(eq(silos.tenantId, tenantId), eq(silos.id, silo.id)))
    await tx.delete(siloFound).where(and(eq(siloFound.tenantId, tenantId), eq(siloFound.siloId, silo.id)))
    // As if they had never arrived wholly: nobody sees them any more, and whoever tends files deletes the rest.
    const files = await tx
      .update(siloFiles)
      .set({ state: 'receiving', sha256: null, receivedAt: sql`'epoch'` })
      .where(
        and(
          eq(siloFiles.tenantId, tenantId),
          eq(siloFiles.siloId, silo.id),
          ne(siloFiles.state, 'receiving'),
        ),
      )
      .returning({ id: siloFiles.id })
    await recordEvent(tx, scope, 'SILO_REMOVED', {
      message: `Silo ${name} was removed, with ${files.length} files`,
      targets: [{ type: 'silo', name, id: silo.id }],
      data: { ...siloFacts(silo), files: files.length },
    })
    return { id: silo.id, fileIds: files.map((file) => file.id) }
  })
  const deadline = performance.now() + DELETION_BUDGET_MS
  const isOver = () => performance.now() > deadline
  for (const fileId of fileIds) if (!isOver()) await dropFile(scope, fileId, isOver)
  return { id }
}
