import type { Metadata } from 'next'
import { found } from '@/app/(console)/[tenant]/collection/found'
import { restoreLineAction } from '@/app/(console)/[tenant]/collection/lines/actions'
import { requireMember } from '@/app/session'
import { Above } from '@/components/collection/above'
import { readComparison } from '@/components/collection/versions/comparison'
import { VersionTable } from '@/components/collection/versions/version-table'
import { DiffLines } from '@/components/trail/diff-lines'
import { PageHeader } from '@/components/ui/page-header'
import { getLine } from '@/lib/collection/lines/get'
import { listLineVersions } from '@/lib/collection/lines/list-versions'
import { diffText } from '@/lib/event/diff-text'

export const metadata: Metadata = { title: 'Versions of a line' }

type Props = {
  params: Promise<{ tenant: string; id: string }>
  searchParams: Promise<{ from?: string | string[]; to?: string | string[] }>
}

export default async function LineVersionsPage({ params, searchParams }: Props) {
  const [{ tenant, id }, asked] = await Promise.all([params, searchParams])
  const path = `/${tenant}/collection/lines/${id}`
  const scope = await requireMember(tenant, `${path}/versions`)
  const [line, versions] = await Promise.all([
    found(getLine(scope, { id })),
    found(listLineVersions(scope, { id })),
  ])
  const { from, to } = readComparison(asked, line.version)
  const textOf = async (version: number) =>
    JSON.stringify((await found(getLine(scope, { id, version }))).definition, null, 2)
  const lines =
    from > 0 && from < to ? diffText(...(await Promise.all([textOf(from), textOf(to)]))) : undefined
  const title = `From version ${from} to version ${to}`
  return (
    <>
      <PageHeader
        above={<Above href={path}>{line.name}</Above>}
        title="Versions"
        description="Each was kept as it was saved. A run names those that it used."
      />
      <VersionTable
        what="line"
        path={path}
        versions={versions.map(({ version, savedBy, savedAt }) => ({
          version,
          savedBy,
          savedAt: savedAt.toISOString(),
          exportHref: `${path}/json?version=${version}`,
        }))}
        newest={line.version}
        compared={{ from, to }}
        restore={
          scope.permissions.has('collection:manage')
            ? {
                action: restoreLineAction.bind(null, tenant),
                id,
                unchangedSince: line.updatedAt.toISOString(),
              }
            : undefined
        }
      />
      {lines && (
        <section aria-label={title} className="mt-6">
          <h2 className="mb-2 font-semibold text-base">{title}</h2>
          <DiffLines lines={lines} />
        </section>
      )}
    </>
  )
}
