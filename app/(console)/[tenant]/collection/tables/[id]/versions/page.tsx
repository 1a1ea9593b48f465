import type { Metadata } from 'next'
import { found } from '@/app/(console)/[tenant]/collection/found'
import { restoreTableAction } from '@/app/(console)/[tenant]/collection/tables/actions'
import { requireMember } from '@/app/session'
import { Above } from '@/components/collection/above'
import { TableDifferences } from '@/components/collection/tables/table-differences'
import { readComparison } from '@/components/collection/versions/comparison'
import { VersionTable } from '@/components/collection/versions/version-table'
import { PageHeader } from '@/components/ui/page-header'
import { diffTable } from '@/lib/collection/tables/diff'
import { getTable } from '@/lib/collection/tables/get'
import { listTableVersions } from '@/lib/collection/tables/list-versions'

export const metadata: Metadata = { title: 'Versions of a table' }

type Props = {
  params: Promise<{ tenant: string; id: string }>
  searchParams: Promise<{ from?: string | string[]; to?: string | string[] }>
}

export default async function TableVersionsPage({ params, searchParams }: Props) {
  const [{ tenant, id }, asked] = await Promise.all([params, searchParams])
  const path = `/${tenant}/collection/tables/${id}`
  const scope = await requireMember(tenant, `${path}/versions`)
  const [table, versions] = await Promise.all([
    found(getTable(scope, { id })),
    found(listTableVersions(scope, { id })),
  ])
  const { from, to } = readComparison(asked, table.version)
  const differences = from > 0 && from < to ? await found(diffTable(scope, { id, from, to })) : []
  return (
    <>
      <PageHeader
        above={<Above href={path}>{table.name}</Above>}
        title="Versions"
        description="Each was kept as it was saved. A run names those that it used."
      />
      <VersionTable
        what="table"
        path={path}
        versions={versions.map(({ version, rows, savedBy, savedAt }) => ({
          version,
          savedBy,
          savedAt: savedAt.toISOString(),
          detail: `${rows.toLocaleString('en')} ${rows === 1 ? 'row' : 'rows'}`,
          exportHref: `${path}/csv?version=${version}`,
        }))}
        newest={table.version}
        compared={{ from, to }}
        restore={
          scope.permissions.has('collection:manage')
            ? {
                action: restoreTableAction.bind(null, tenant),
                id,
                unchangedSince: table.updatedAt.toISOString(),
              }
            : undefined
        }
      />
      {from > 0 && from < to && <TableDifferences from={from} to={to} differences={differences} />}
    </>
  )
}
