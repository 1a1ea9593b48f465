import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import {
  fileTemplateSampleAction,
  sampleFilesAction,
  textTemplateSampleAction,
} from '@/app/(console)/[tenant]/collection/lines/sample-actions'
import { companionAction } from '@/app/(console)/[tenant]/collection/tables/actions'
import { readCompanion } from '@/app/(console)/[tenant]/collection/tables/read-companion'
import { requireMember } from '@/app/session'
import { Above } from '@/components/collection/above'
import { KIND_TEXTS } from '@/components/collection/tables/kind-texts'
import { NewTable } from '@/components/collection/tables/new-table'
import { TableKindCards } from '@/components/collection/tables/table-kind-cards'
import { PageHeader } from '@/components/ui/page-header'
import { listSilos } from '@/lib/collection/silos/list'
import { listTables } from '@/lib/collection/tables/list'
import { TABLE_KINDS } from '@/lib/collection/tables/table'

export const metadata: Metadata = { title: 'New table' }

type Props = {
  params: Promise<{ tenant: string }>
  searchParams: Promise<{ kind?: string | string[] }>
}

export default async function NewTablePage({ params, searchParams }: Props) {
  const [{ tenant }, { kind: wanted }] = await Promise.all([params, searchParams])
  const path = `/${tenant}/collection/tables`
  const kind = TABLE_KINDS.find((name) => name === wanted)
  const scope = await requireMember(tenant, kind ? `${path}/new?kind=${kind}` : `${path}/new`)
  if (!scope.permissions.has('collection:manage')) notFound()
  if (!kind)
    return (
      <>
        <PageHeader
          above={<Above href={path}>Tables</Above>}
          title="New table"
          description="What is it for?"
        />
        <TableKindCards path={`${path}/new`} />
      </>
    )
  const [silos, companions] = await Promise.all([listSilos(scope), listTables(scope, { kind: 'properties' })])
  const only = kind === 'mapping' && companions.length === 1 ? companions[0] : undefined
  return (
    <>
      <PageHeader
        above={<Above href={`${path}/new`}>Another kind</Above>}
        title={`New table: ${KIND_TEXTS[kind].label}`}
        description={KIND_TEXTS[kind].summary}
      />
      <NewTable
        key={kind}
        kind={kind}
        silos={silos.map(({ name }) => name)}
        companions={companions.map(({ id, name }) => ({ id, name }))}
        companion={only && (await readCompanion(scope, only))}
        loadCompanion={companionAction.bind(null, tenant)}
        sampleActions={{
          listFiles: sampleFilesAction.bind(null, tenant),
          readFile: fileTemplateSampleAction.bind(null, tenant),
          readText: textTemplateSampleAction.bind(null, tenant),
        }}
        path={path}
      />
    </>
  )
}
