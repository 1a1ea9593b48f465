import { Upload } from 'lucide-react'
import type { Metadata } from 'next'
import { requireMember } from '@/app/session'
import { ImportTable } from '@/components/ledger/imports/import-table'
import { LedgerTabs } from '@/components/ledger/ledger-tabs'
import { EmptyState } from '@/components/ui/empty-state'
import { LinkButton } from '@/components/ui/link-button'
import { PageHeader } from '@/components/ui/page-header'
import { listImports } from '@/lib/ledger/imports/list'

export const metadata: Metadata = { title: 'Imports' }

type Props = { params: Promise<{ tenant: string }> }

export default async function ImportsPage({ params }: Props) {
  const { tenant } = await params
  const section = `/${tenant}/ledger`
  const path = `${section}/imports`
  const scope = await requireMember(tenant, path)
  const imports = await listImports(scope)
  const add = scope.permissions.has('ledger:write') && (
    <LinkButton href={`${path}/new`} variant="primary">
      <Upload aria-hidden />
      Import
    </LinkButton>
  )
  return (
    <>
      <PageHeader
        title="Ledger"
        description="Files and lists of entities that were loaded, latest first."
        actions={imports.length > 0 && add}
      />
      <LedgerTabs slug={tenant} here="imports" />
      {imports.length === 0 ? (
        <EmptyState title="Nothing was imported yet" actions={add}>
          Hand over people, accounts, groups and organisations as CSV or JSON: here, by the API or by the
          command line. Each shows what it would change before it does.
        </EmptyState>
      ) : (
        <ImportTable path={section} imports={imports} />
      )}
    </>
  )
}
