import { sql } from 'drizzle-orm'
import type { Transaction } from '@/db/client'
import { ANCHOR_TENANT_ID } from '@/lib/access/instance-tenant'

/**
 * Reads the anchor log, which is public, within a tenant's transaction, so that both are of one moment. Nothing of
 * the tenant can be seen meanwhile. A statement that fails ends the transaction anyway.
 */
export async function asAnchorLog<T>(tx: Transaction, tenantId: string, run: () => Promise<T>): Promise<T> {
  const become = (id: string) => tx.execute(sql`select set_config('spoor.tenant_id', ${id}, true)`)
  await become(ANCHOR_TENANT_ID)
  const answer = await run()
  await become(tenantId)
  return answer
}
