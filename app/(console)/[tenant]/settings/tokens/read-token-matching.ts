import type { TokenMatching } from '@/components/tokens/tokens-table'
import type { TenantScope } from '@/lib/access/scope'
import { listPolicies } from '@/lib/ledger/policies/list'
import { listSources } from '@/lib/ledger/policies/list-sources'

/** Policies that tokens can have, and those that they have; undefined where nobody uses the ledger, or this one may not choose. */
export async function readTokenMatching(
  scope: TenantScope,
): Promise<Omit<TokenMatching, 'setSource'> | undefined> {
  if (!scope.permissions.has('ledger:manage')) return undefined
  const policies = await listPolicies(scope)
  if (policies.length === 0) return undefined
  const own = (await listSources(scope)).filter(({ kind, isOwn }) => kind === 'token' && isOwn)
  return {
    policies: policies.map(({ id, name, isDefault }) => ({ id, name, isDefault })),
    values: Object.fromEntries(
      own.map(({ origin, policy }) => [origin.slice('token:'.length), policy?.id ?? 'none']),
    ),
  }
}
