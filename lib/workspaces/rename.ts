import { eq } from 'drizzle-orm'
import { becomeTenant, database } from '@/db/client'
import { tenants } from '@/db/schema/tenants'
import { requirePermission, type TenantScope } from '@/lib/access/scope'
import { purgeTokens } from '@/lib/access/token-cache'
import { recordEvent } from '@/lib/audit/record-event'
import type { RenameWorkspace } from './input'

/** Gives the workspace another name; its address stays. */
export async function renameWorkspace(scope: TenantScope, { name }: RenameWorkspace): Promise<void> {
  requirePermission(scope, 'workspace:manage')
  await database('auth').transaction(async (tx) => {
    const isOurs = eq(tenants.id, scope.tenantId)
    const [before] = await tx.select({ name: tenants.name }).from(tenants).where(isOurs).for('update')
    if (!before || before.name === name) return
    await tx.update(tenants).set({ name }).where(isOurs)
    await becomeTenant(tx, scope.tenantId)
    await recordEvent(tx, scope, 'WORKSPACE_RENAMED', {
      message: `Workspace ${before.name} was renamed to ${name}`,
      targets: [{ type: 'workspace', name, id: scope.tenantId }],
      oldValue: before.name,
      newValue: name,
    })
  })
  purgeTokens()
}
