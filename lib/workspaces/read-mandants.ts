import type { TenantScope } from '@/lib/access/scope'
import { readAliases } from './read-aliases'

/** What the field `mandant` of a collected row may say: the workspace's address and its aliases, exactly. */
export async function readMandants(scope: TenantScope): Promise<Set<string>> {
  return new Set([scope.tenantSlug, ...(await readAliases(scope))])
}
