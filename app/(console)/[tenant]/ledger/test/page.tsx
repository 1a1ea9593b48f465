import type { Metadata } from 'next'
import { requireMember } from '@/app/session'
import { LedgerTabs } from '@/components/ledger/ledger-tabs'
import { PolicyTest } from '@/components/ledger/test-box/policy-test'
import { readTestAddress } from '@/components/ledger/test-box/test-address'
import { EmptyState } from '@/components/ui/empty-state'
import { PageHeader } from '@/components/ui/page-header'
import { listPolicies } from '@/lib/ledger/policies/list'
import { listSources } from '@/lib/ledger/policies/list-sources'

export const metadata: Metadata = { title: 'Test matching' }

type Props = {
  params: Promise<{ tenant: string }>
  searchParams: Promise<Record<string, string | string[] | undefined>>
}

/** The address holds what is tested; `origin` chooses the policy of that source. */
export default async function MatchTestPage({ params, searchParams }: Props) {
  const [{ tenant }, sent] = await Promise.all([params, searchParams])
  const scope = await requireMember(tenant, `/${tenant}/ledger/test`)
  const { policy, origin, ...values } = readTestAddress(sent)
  const [policies, sources] = await Promise.all([
    listPolicies(scope),
    origin === undefined ? [] : listSources(scope),
  ])
  const source = sources.find((one) => one.origin === origin)
  const wanted = policy ?? source?.policy?.id
  const chosen = policies.find(({ id }) => id === wanted) ?? policies.find(({ isDefault }) => isDefault)
  return (
    <>
      <PageHeader
        title="Ledger"
        description="Which entity a login or a name finds, by which comparison. Nothing is changed by it."
      />
      <LedgerTabs slug={tenant} here="test" />
      {chosen ? (
        <PolicyTest
          key={chosen.id}
          policies={policies.map(({ id, name, isDefault }) => ({ id, name, isDefault }))}
          policyId={chosen.id}
          values={values}
          slug={tenant}
        />
      ) : (
        <EmptyState title="Nothing to test yet">
          The default policy comes with the first entities of the ledger.
        </EmptyState>
      )}
    </>
  )
}
