import { Plus } from 'lucide-react'
import type { Metadata } from 'next'
import { requireMember } from '@/app/session'
import { LedgerTabs } from '@/components/ledger/ledger-tabs'
import { MatchingState } from '@/components/ledger/matching-state'
import { PolicyTable } from '@/components/ledger/policies/policy-table'
import { EmptyState } from '@/components/ui/empty-state'
import { LinkButton } from '@/components/ui/link-button'
import { PageHeader } from '@/components/ui/page-header'
import { getMatchingStatus } from '@/lib/ledger/matching/matching-status'
import { listPolicies } from '@/lib/ledger/policies/list'
import { listSources } from '@/lib/ledger/policies/list-sources'

export const metadata: Metadata = { title: 'Matching policies' }

type Props = { params: Promise<{ tenant: string }> }

export default async function PoliciesPage({ params }: Props) {
  const { tenant } = await params
  const path = `/${tenant}/ledger/policies`
  const scope = await requireMember(tenant, path)
  const [policies, sources, status] = await Promise.all([
    listPolicies(scope),
    listSources(scope),
    getMatchingStatus(scope),
  ])
  const add = scope.permissions.has('ledger:manage') && (
    <LinkButton href={`${path}/new`} variant="primary">
      <Plus aria-hidden />
      New policy
    </LinkButton>
  )
  return (
    <>
      <PageHeader
        title="Ledger"
        description="A policy is rules in an order, each for actors or targets of a type: the first that finds something wins."
        actions={policies.length > 0 && add}
      />
      <LedgerTabs slug={tenant} here="policies" />
      <MatchingState status={status} path={`/${tenant}/ledger`} now={Date.now()} isBrief />
      {policies.length === 0 ? (
        <EmptyState title="No policies yet" actions={add}>
          The default one, by login and repository, by SID and by e-mail address, comes with the first
          entities of the ledger.
        </EmptyState>
      ) : (
        <PolicyTable
          policies={policies}
          labels={Object.fromEntries(sources.map(({ origin, label }) => [origin, label]))}
          slug={tenant}
        />
      )}
    </>
  )
}
