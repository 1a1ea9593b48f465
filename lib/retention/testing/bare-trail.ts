import type { TestDatabase } from '@/db/testing/test-database'
import type { TenantScope } from '@/lib/access/scope'
import { newMemberScope } from '@/lib/auth/testing/people'
import { tamperWith } from '@/lib/integrity/testing/tamper'

/** A new tenant without the events that it begins with: they came today, and what tests append here came before. */
export async function newBareTrail(database: TestDatabase): Promise<TenantScope> {
  const scope = await newMemberScope()
  await tamperWith(database, `delete from events where tenant_id = '${scope.tenantId}'`)
  await tamperWith(database, `update trail_heads set next_seq = 0 where tenant_id = '${scope.tenantId}'`)
  return scope
}
