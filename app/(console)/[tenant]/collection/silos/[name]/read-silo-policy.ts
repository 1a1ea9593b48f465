import type { TenantScope } from '@/lib/access/scope'
import { listSources } from '@/lib/ledger/policies/list-sources'

/** By which policy the names in a silo's events are matched; undefined where nobody uses the ledger. */
export async function readSiloPolicy(
  scope: TenantScope,
  silo: string,
): Promise<{ name: string; href?: string } | undefined> {
  if (!scope.permissions.has('ledger:read')) return undefined
  const source = (await listSources(scope)).find(({ origin }) => origin === `silo:${silo}`)
  if (!source || (!source.policy && !source.isOwn)) return undefined
  const { policy, isOwn } = source
  if (!policy) return { name: 'none: its events are not matched' }
  const href = `/${scope.tenantSlug}/ledger/policies/${policy.id}`
  return { name: isOwn ? policy.name : `${policy.name} (default)`, href }
}
