import type { SiloMatching } from '@/components/collection/silos/silo-form'
import type { TenantScope } from '@/lib/access/scope'
import { listPolicies } from '@/lib/ledger/policies/list'
import { listSources } from '@/lib/ledger/policies/list-sources'

/** Policies that a silo can have, and the one that it has; undefined where nobody uses the ledger, or this one may not choose. */
export async function readMatching(scope: TenantScope, silo?: string): Promise<SiloMatching | undefined> {
  if (!scope.permissions.has('ledger:manage')) return undefined
  const policies = await listPolicies(scope)
  if (policies.length === 0) return undefined
  const sources = silo === undefined ? [] : await listSources(scope)
  const source = sources.find(({ origin }) => origin === `silo:${silo}`)
  return {
    policies: policies.map(({ id, name, isDefault }) => ({ id, name, isDefault })),
    value: source?.isOwn ? (source.policy?.id ?? 'none') : 'default',
  }
}
