import { and, eq } from 'drizzle-orm'
import { ledgerImports } from '@/db/schema/ledger'
import { inTenant } from '@/lib/access/in-tenant'
import { requirePermission, type TenantScope } from '@/lib/access/scope'
import { AppError } from '@/lib/errors/app-error'
import { isImport, readImport } from './import-row'
import type { ImportId } from './input'

/** Forgets a preview. Throws `not_found`, and `conflict` where it was applied already. */
export async function discardImport(scope: TenantScope, { id }: ImportId): Promise<{ id: string }> {
  requirePermission(scope, 'ledger:write')
  await inTenant(scope, async (tx) => {
    const discarded = await tx
      .update(ledgerImports)
      .set({ state: 'discarded', content: null, options: {} })
      .where(and(isImport(scope, id), eq(ledgerImports.state, 'preview')))
      .returning({ id: ledgerImports.id })
    if (discarded.length > 0) return
    const { state } = await readImport(tx, scope, id)
    if (state === 'applied')
      throw new AppError('conflict', 'This import has been applied. Load the file of before to undo it.')
  })
  return { id }
}
