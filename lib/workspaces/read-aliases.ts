import { eq } from 'drizzle-orm'
import { tenants } from '@/db/schema/tenants'
import { inTenant } from '@/lib/access/in-tenant'
import type { TenantScope } from '@/lib/access/scope'

/** Names by which collected files may call the workspace beside its address; in the order in which they were set. */
export async function readAliases(scope: TenantScope): Promise<string[]> {
  const [row] = await inTenant(scope, (tx) =>
    tx.select({ aliases: tenants.aliases }).from(tenants).where(eq(tenants.id, scope.tenantId)),
  )
  if (!row) throw new Error(`there is no tenant ${scope.tenantId}`)
  return row.aliases
}
