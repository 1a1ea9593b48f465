import { Plus } from 'lucide-react'
import type { Metadata } from 'next'
import { requireMember } from '@/app/session'
import { LedgerTabs } from '@/components/ledger/ledger-tabs'
import { RuleTable } from '@/components/ledger/rules/rule-table'
import { EmptyState } from '@/components/ui/empty-state'
import { LinkButton } from '@/components/ui/link-button'
import { PageHeader } from '@/components/ui/page-header'
import { listRules } from '@/lib/ledger/rules/list'

export const metadata: Metadata = { title: 'Matching rules' }

type Props = { params: Promise<{ tenant: string }> }

export default async function RulesPage({ params }: Props) {
  const { tenant } = await params
  const path = `/${tenant}/ledger/rules`
  const scope = await requireMember(tenant, path)
  const rules = await listRules(scope)
  const add = scope.permissions.has('ledger:manage') && (
    <LinkButton href={`${path}/new`} variant="primary">
      <Plus aria-hidden />
      New rule
    </LinkButton>
  )
  return (
    <>
      <PageHeader
        title="Ledger"
        description="A rule finds entities of one type by what events say: a login, a SID, an e-mail address."
        actions={rules.length > 0 && add}
      />
      <LedgerTabs slug={tenant} here="rules" />
      {rules.length === 0 ? (
        <EmptyState title="No rules yet" actions={add}>
          The usual ones, by login and repository, by SID and by e-mail address, come with the first entities
          of the ledger.
        </EmptyState>
      ) : (
        <RuleTable rules={rules} slug={tenant} />
      )}
    </>
  )
}
