import { Plus } from 'lucide-react'
import type { Metadata } from 'next'
import { requireMember } from '@/app/session'
import { CollectionTabs } from '@/components/collection/collection-tabs'
import { ImportLineButton } from '@/components/collection/lines/import-line-button'
import { LineTable } from '@/components/collection/lines/line-table'
import { EmptyState } from '@/components/ui/empty-state'
import { LinkButton } from '@/components/ui/link-button'
import { PageHeader } from '@/components/ui/page-header'
import { listLines } from '@/lib/collection/lines/list'

export const metadata: Metadata = { title: 'Lines' }

type Props = { params: Promise<{ tenant: string }> }

export default async function LinesPage({ params }: Props) {
  const { tenant } = await params
  const path = `/${tenant}/collection/lines`
  const scope = await requireMember(tenant, path)
  const lines = await listLines(scope)
  const add = scope.permissions.has('collection:manage') && (
    <>
      <ImportLineButton path={path} />
      <LinkButton href={`${path}/new`} variant="primary">
        <Plus aria-hidden />
        New line
      </LinkButton>
    </>
  )
  return (
    <>
      <PageHeader
        title="Collection"
        description="A line says how the rows of a file become events: its source, steps in their order, and the log target."
        actions={lines.length > 0 && add}
      />
      <CollectionTabs slug={tenant} here="lines" />
      {lines.length === 0 ? (
        <EmptyState title="No lines yet" actions={add}>
          Begin with a sample of your log: you see what each step makes of its rows, and the events at the
          end, before anything is collected.
        </EmptyState>
      ) : (
        <LineTable lines={lines} path={path} />
      )}
    </>
  )
}
