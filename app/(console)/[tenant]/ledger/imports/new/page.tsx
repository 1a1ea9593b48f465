import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { requireMember } from '@/app/session'
import { Above } from '@/components/collection/above'
import { ImportForm } from '@/components/ledger/imports/import-form'
import { wordOf } from '@/components/ledger/query-href'
import { PageHeader } from '@/components/ui/page-header'
import { ENTITY_TYPES } from '@/lib/ledger/entity-types'

export const metadata: Metadata = { title: 'Import' }

type Props = {
  params: Promise<{ tenant: string }>
  searchParams: Promise<Record<string, string | string[] | undefined>>
}

export default async function NewImportPage({ params, searchParams }: Props) {
  const [{ tenant }, sent] = await Promise.all([params, searchParams])
  const path = `/${tenant}/ledger`
  const scope = await requireMember(tenant, `${path}/imports/new`)
  if (!scope.permissions.has('ledger:write')) notFound()
  return (
    <>
      <PageHeader
        above={<Above href={`${path}/imports`}>Imports</Above>}
        title="Import into the ledger"
        description="You see what would change before anything does."
      />
      <ImportForm
        type={wordOf(sent, 'type', ENTITY_TYPES) ?? 'identity'}
        path={path}
        previewUrl={`${path}/acts/preview`}
      />
    </>
  )
}
