import { eq } from 'drizzle-orm'
import { tenants } from '@/db/schema/tenants'
import { inTenant } from '@/lib/access/in-tenant'
import { requirePermission, type TenantScope } from '@/lib/access/scope'
import { recordEvent } from '@/lib/audit/record-event'
import type { SetAliases } from './input'

/**
 * Sets the other names by which collected files may call the workspace. They are no addresses, and two workspaces may
 * have the same: a file always goes into the workspace of its silo. Files that are being collected keep the old ones.
 */
export async function setAliases(scope: TenantScope, { aliases }: SetAliases): Promise<void> {
  requirePermission(scope, 'workspace:manage')
  const { tenantId, tenantName } = scope
  const isOurs = eq(tenants.id, tenantId)
  await inTenant(scope, async (tx) => {
    const [before] = await tx
      .select({ aliases: tenants.aliases })
      .from(tenants)
      .where(isOurs)
      .for('no key update')
    const [oldValue, newValue] = [JSON.stringify(before?.aliases), JSON.stringify(aliases)]
    if (!before || oldValue === newValue) return
    await tx.update(tenants).set({ aliases }).where(isOurs)
    const names = aliases.length > 0 ? `are now ${aliases.join(', ')}` : 'were removed'
    await recordEvent(tx, scope, 'WORKSPACE_ALIASES_SET', {
      message: `The aliases of workspace ${tenantName} ${names}`,
      targets: [{ type: 'workspace', name: tenantName, id: tenantId }],
      oldValue,
      newValue,
    })
  })
}
