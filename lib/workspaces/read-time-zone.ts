import { eq } from 'drizzle-orm'
import { tenants } from '@/db/schema/tenants'
import { inTenant } from '@/lib/access/in-tenant'
import type { TenantScope } from '@/lib/access/scope'

/** The workspace's time zone, an IANA name: for all its members, whose daily messages come by it. */
export async function readTimeZone(scope: TenantScope): Promise<string> {
  const [row] = await inTenant(scope, (tx) =>
    tx.select({ timeZone: tenants.timeZone }).from(tenants).where(eq(tenants.id, scope.tenantId)),
  )
  if (!row) throw new Error(`there is no tenant ${scope.tenantId}`)
  return row.timeZone
}
