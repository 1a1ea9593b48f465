import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { testOriginAction, updateSiloAction } from '@/app/(console)/[tenant]/collection/actions'
import { found } from '@/app/(console)/[tenant]/collection/found'
import { readMatching } from '@/app/(console)/[tenant]/collection/read-matching'
import { requireMember } from '@/app/session'
import { Above } from '@/components/collection/above'
import { SiloForm } from '@/components/collection/silos/silo-form'
import { PageHeader } from '@/components/ui/page-header'
import { listFiles } from '@/lib/collection/files/list'
import { listLines } from '@/lib/collection/lines/list'
import { allowedFolders } from '@/lib/collection/origins/folder/allowed-folders'
import { getSilo } from '@/lib/collection/silos/get'

export const metadata: Metadata = { title: 'Edit silo' }

/** Names by which one sees what a pattern does. */
const SHOWN_NAMES = 8

type Props = { params: Promise<{ tenant: string; name: string }> }

export default async function EditSiloPage({ params }: Props) {
  const { tenant, name } = await params
  const section = `/${tenant}/collection`
  const path = `${section}/silos/${name}`
  const scope = await requireMember(tenant, `${path}/edit`)
  if (!scope.permissions.has('collection:manage')) notFound()
  const silo = await found(getSilo(scope, { silo: name }))
  const [lines, { files }, matching] = await Promise.all([
    listLines(scope),
    listFiles(scope, { silo: name, limit: SHOWN_NAMES }),
    readMatching(scope, name),
  ])
  const { note, origin, pattern, reading, collectsAtOnce, keepDays, hasSecret } = silo
  return (
    <>
      <PageHeader
        above={<Above href={path}>{name}</Above>}
        title="Edit silo"
        description="Changes count for files and runs from now on; what is collected stays as it is."
      />
      <SiloForm
        silo={{
          ...{ name, note, origin, pattern, reading, collectsAtOnce, keepDays, hasSecret },
          lineId: silo.line?.id ?? null,
          updatedAt: silo.updatedAt.toISOString(),
        }}
        lines={lines.map(({ id, name: line }) => ({ id, name: line }))}
        folders={allowedFolders(scope.tenantSlug)}
        fileNames={files.map((file) => file.name)}
        actions={{
          save: updateSiloAction.bind(null, tenant),
          test: testOriginAction.bind(null, tenant),
        }}
        cancelHref={path}
        newLineHref={`${section}/lines/new`}
        matching={matching}
      />
    </>
  )
}
