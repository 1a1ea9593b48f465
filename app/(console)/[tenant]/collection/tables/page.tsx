import { Plus } from 'lucide-react'
import type { Metadata } from 'next'
import { requireMember } from '@/app/session'
import { CollectionTabs } from '@/components/collection/collection-tabs'
import { TableList } from '@/components/collection/tables/table-list'
import { EmptyState } from '@/components/ui/empty-state'
import { LinkButton } from '@/components/ui/link-button'
import { PageHeader } from '@/components/ui/page-header'
import { listTables } from '@/lib/collection/tables/list'

export const metadata: Metadata = { title: 'Tables' }

type Props = { params: Promise<{ tenant: string }> }

export default async function TablesPage({ params }: Props) {
  const { tenant } = await params
  const path = `/${tenant}/collection/tables`
  const scope = await requireMember(tenant, path)
  const tables = await listTables(scope)
  const add = scope.permissions.has('collection:manage') && (
    <LinkButton href={`${path}/new`} variant="primary">
      <Plus aria-hidden />
      New table
    </LinkButton>
  )
  return (
    <>
      <PageHeader
        title="Collection"
        description="Tables that lines look things up in: event properties, mappings of log attributes, and what rows are joined with."
        actions={tables.length > 0 && add}
      />
      <CollectionTabs slug={tenant} here="tables" />
      {tables.length === 0 ? (
        <EmptyState title="No tables yet" actions={add}>
          Log processing needs two: event properties say what each event type is called and has, a mapping
          says what its fields are made of. Both can be uploaded as CSV, or begun with a template from a
          sample of your log.
        </EmptyState>
      ) : (
        <TableList tables={tables} path={path} />
      )}
    </>
  )
}
