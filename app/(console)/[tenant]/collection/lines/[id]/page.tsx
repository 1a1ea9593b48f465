import { Copy, Download } from 'lucide-react'
import type { Metadata } from 'next'
import { found } from '@/app/(console)/[tenant]/collection/found'
import { removeLineAction } from '@/app/(console)/[tenant]/collection/lines/actions'
import { firstSample } from '@/app/(console)/[tenant]/collection/lines/first-sample'
import { readChoices } from '@/app/(console)/[tenant]/collection/lines/read-choices'
import {
  fileSampleAction,
  sampleFilesAction,
  textSampleAction,
} from '@/app/(console)/[tenant]/collection/lines/sample-actions'
import { requireMember } from '@/app/session'
import { Above } from '@/components/collection/above'
import { LineEditor } from '@/components/collection/lines/line-editor'
import { LineSummary } from '@/components/collection/lines/line-summary'
import { RemoveLineButton } from '@/components/collection/lines/remove-line-button'
import { buttonStyle } from '@/components/ui/button-style'
import { LinkButton } from '@/components/ui/link-button'
import { PageHeader } from '@/components/ui/page-header'
import { getLine } from '@/lib/collection/lines/get'
import { listSilos } from '@/lib/collection/silos/list'

export const metadata: Metadata = { title: 'Line' }

type Props = {
  params: Promise<{ tenant: string; id: string }>
  searchParams: Promise<{ version?: string | string[] }>
}

/** The newest version can be edited; with `?version=` an earlier one is read. */
export default async function LinePage({ params, searchParams }: Props) {
  const [{ tenant, id }, { version }] = await Promise.all([params, searchParams])
  const path = `/${tenant}/collection/lines`
  const wanted = typeof version === 'string' && /^\d{1,9}$/.test(version) ? Number(version) : undefined
  const scope = await requireMember(tenant, wanted ? `${path}/${id}?version=${wanted}` : `${path}/${id}`)
  const line = await found(getLine(scope, { id, version: wanted }))
  const canManage = scope.permissions.has('collection:manage')
  const isReadOnly = !canManage || line.shownVersion !== line.version
  const [choices, silos, sample] = await Promise.all([
    readChoices(scope, id),
    listSilos(scope),
    isReadOnly ? undefined : firstSample(scope, line.silos),
  ])
  return (
    <>
      <PageHeader
        above={<Above href={path}>Lines</Above>}
        title={line.name}
        description={<LineSummary line={line} tenant={tenant} />}
        actions={
          <>
            {!isReadOnly && (
              <LinkButton href={`${path}/new?from=${id}`}>
                <Copy aria-hidden />
                Duplicate
              </LinkButton>
            )}
            <a
              href={`${path}/${id}/json?version=${line.shownVersion}`}
              download
              className={buttonStyle('secondary')}
            >
              <Download aria-hidden />
              Export
            </a>
            {canManage && (
              <RemoveLineButton
                id={id}
                name={line.name}
                usedBy={[...line.silos, ...line.usedBy.map(({ name }) => name)]}
                remove={removeLineAction.bind(null, tenant)}
              />
            )}
          </>
        }
      />
      <LineEditor
        key={line.shownVersion === line.version ? 'newest' : line.shownVersion}
        line={{ id, updatedAt: line.updatedAt.toISOString() }}
        name={line.name}
        note={line.note}
        definition={line.definition}
        sample={sample}
        silos={silos.map(({ name }) => name)}
        choices={choices}
        actions={{
          listFiles: sampleFilesAction.bind(null, tenant),
          readFile: fileSampleAction.bind(null, tenant),
          readText: textSampleAction.bind(null, tenant),
        }}
        isReadOnly={isReadOnly}
        path={path}
      />
    </>
  )
}
