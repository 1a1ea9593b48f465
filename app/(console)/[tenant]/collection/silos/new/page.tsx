import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { createSiloAction, testOriginAction } from '@/app/(console)/[tenant]/collection/actions'
import { readMatching } from '@/app/(console)/[tenant]/collection/read-matching'
import { requireMember } from '@/app/session'
import { Above } from '@/components/collection/above'
import { SiloForm } from '@/components/collection/silos/silo-form'
import { PageHeader } from '@/components/ui/page-header'
import { listLines } from '@/lib/collection/lines/list'
import { allowedFolders } from '@/lib/collection/origins/folder/allowed-folders'

export const metadata: Metadata = { title: 'New silo' }

type Props = {
  params: Promise<{ tenant: string }>
  searchParams: Promise<{ line?: string | string[] }>
}

export default async function NewSiloPage({ params, searchParams }: Props) {
  const [{ tenant }, { line }] = await Promise.all([params, searchParams])
  const path = `/${tenant}/collection`
  const scope = await requireMember(tenant, `${path}/silos/new`)
  if (!scope.permissions.has('collection:manage')) notFound()
  const [lines, matching] = await Promise.all([listLines(scope), readMatching(scope)])
  const only = lines.length === 1 ? lines[0]?.id : undefined
  return (
    <>
      <PageHeader
        above={<Above href={path}>Silos</Above>}
        title="New silo"
        description="A set of audit log files of one kind, and the line that collects them."
      />
      <SiloForm
        lines={lines.map(({ id, name }) => ({ id, name }))}
        lineId={lines.find(({ id }) => id === line)?.id ?? only}
        folders={allowedFolders(scope.tenantSlug)}
        fileNames={[]}
        actions={{
          save: createSiloAction.bind(null, tenant),
          test: testOriginAction.bind(null, tenant),
        }}
        cancelHref={path}
        newLineHref={`${path}/lines/new`}
        matching={matching}
      />
    </>
  )
}
