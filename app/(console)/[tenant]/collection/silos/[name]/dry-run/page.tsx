import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { Suspense } from 'react'
import { found } from '@/app/(console)/[tenant]/collection/found'
import { requireMember } from '@/app/session'
import { Above } from '@/components/collection/above'
import { type DryRunShape, DryRunView } from '@/components/collection/silos/dry-run-view'
import { FileChoice } from '@/components/collection/silos/file-choice'
import { Notice } from '@/components/ui/notice'
import { PageHeader } from '@/components/ui/page-header'
import { visibleText } from '@/components/ui/visible-text'
import type { TenantScope } from '@/lib/access/scope'
import { listFiles } from '@/lib/collection/files/list'
import { dryRun } from '@/lib/collection/runs/dry-run'
import { AppError } from '@/lib/errors/app-error'

export const metadata: Metadata = { title: 'Dry run' }

/** Files to choose among; of older ones the list of files leads here. */
const CHOICE = 50

type Props = {
  params: Promise<{ tenant: string; name: string }>
  searchParams: Promise<Record<string, string | string[] | undefined>>
}

export default async function DryRunPage({ params, searchParams }: Props) {
  const [{ tenant, name }, sent] = await Promise.all([params, searchParams])
  const path = `/${tenant}/collection/silos/${name}`
  const scope = await requireMember(tenant, `${path}/dry-run`)
  if (!scope.permissions.has('collection:write')) notFound()
  const { files } = await found(listFiles(scope, { silo: name, limit: CHOICE }))
  const kept = files.filter(({ forgottenAt }) => forgottenAt === null)
  const waits = kept.some(({ state }) => state !== 'collected')
  const fileId = typeof sent.file === 'string' ? sent.file : waits ? undefined : kept[0]?.id
  const shape = sent.view === 'event' ? 'event' : 'target'
  return (
    <>
      <PageHeader
        above={<Above href={path}>{name}</Above>}
        title="Dry run"
        description="What a run would make of a file, by the line as it is now. Nothing is stored."
        actions={
          <FileChoice
            path={`${path}/dry-run`}
            files={kept.map(({ id, name: file }) => ({ id, name: file }))}
            chosen={fileId}
          />
        }
      />
      <Suspense
        key={fileId}
        fallback={<p className="text-quiet text-sm">Reading rows; this takes up to ten seconds …</p>}
      >
        <Result scope={scope} silo={name} fileId={fileId} shape={shape} path={`${path}/dry-run`} />
      </Suspense>
    </>
  )
}

type ResultProps = {
  scope: TenantScope
  silo: string
  fileId: string | undefined
  shape: DryRunShape
  path: string
}

async function Result({ scope, silo, fileId, shape, path }: ResultProps) {
  try {
    const result = await dryRun(scope, { silo, fileId })
    const hrefOf = (view: DryRunShape) => {
      const params = new URLSearchParams({
        ...(fileId && { file: fileId }),
        ...(view === 'event' && { view }),
      })
      return params.size > 0 ? `${path}?${params}` : path
    }
    return (
      <DryRunView
        result={result}
        shape={shape}
        hrefs={{ target: hrefOf('target'), event: hrefOf('event') }}
      />
    )
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    const details = error.details.violations?.map(({ detail }) => detail) ?? []
    return (
      <Notice kind="error" title="It can’t be run">
        <p className="wrap-anywhere">{visibleText(error.message)}</p>
        {details.length > 0 && (
          <ul className="mt-1 list-disc pl-4">
            {details.map((detail) => (
              <li key={detail} className="wrap-anywhere">
                {visibleText(detail)}
              </li>
            ))}
          </ul>
        )}
      </Notice>
    )
  }
}
