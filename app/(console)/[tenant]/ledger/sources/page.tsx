import type { Metadata } from 'next'
import { setSourceAction } from '@/app/(console)/[tenant]/ledger/policies/actions'
import { requireMember } from '@/app/session'
import { LedgerTabs } from '@/components/ledger/ledger-tabs'
import { MatchingState } from '@/components/ledger/matching-state'
import { SourceTable } from '@/components/ledger/sources/source-table'
import { EmptyState } from '@/components/ui/empty-state'
import { PageHeader } from '@/components/ui/page-header'
import { getMatchingStatus } from '@/lib/ledger/matching/matching-status'
import { listPolicies } from '@/lib/ledger/policies/list'
import { listSources } from '@/lib/ledger/policies/list-sources'

export const metadata: Metadata = { title: 'Matched sources' }

type Props = { params: Promise<{ tenant: string }> }

export default async function SourcesPage({ params }: Props) {
  const { tenant } = await params
  const scope = await requireMember(tenant, `/${tenant}/ledger/sources`)
  const [sources, policies, status] = await Promise.all([
    listSources(scope),
    listPolicies(scope),
    getMatchingStatus(scope),
  ])
  return (
    <>
      <PageHeader
        title="Ledger"
        description="Where events come from, and the policy that matches the names in them."
      />
      <LedgerTabs slug={tenant} here="sources" />
      <MatchingState status={status} path={`/${tenant}/ledger`} now={Date.now()} isBrief />
      {sources.length === 0 ? (
        <EmptyState title="No sources yet">
          Each silo and each token that events come by stands here, with the policy that matches its names.
        </EmptyState>
      ) : (
        <SourceTable
          sources={sources}
          policies={policies.map(({ id, name, isDefault }) => ({ id, name, isDefault }))}
          setSource={scope.permissions.has('ledger:manage') ? setSourceAction.bind(null, tenant) : undefined}
          slug={tenant}
        />
      )}
    </>
  )
}
