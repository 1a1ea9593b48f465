import { Download } from 'lucide-react'
import type { Metadata } from 'next'
import { found } from '@/app/(console)/[tenant]/collection/found'
import { companionAction, removeTableAction } from '@/app/(console)/[tenant]/collection/tables/actions'
import { findCompanion } from '@/app/(console)/[tenant]/collection/tables/find-companion'
import { requireMember } from '@/app/session'
import { Above } from '@/components/collection/above'
import { RemoveTableButton } from '@/components/collection/tables/remove-table-button'
import { TableEditor } from '@/components/collection/tables/table-editor'
import { TableReader } from '@/components/collection/tables/table-reader'
import { TableSummary } from '@/components/collection/tables/table-summary'
import { buttonStyle } from '@/components/ui/button-style'
import { PageHeader } from '@/components/ui/page-header'
import { getTable } from '@/lib/collection/tables/get'
import { listTables } from '@/lib/collection/tables/list'

export const metadata: Metadata = { title: 'Table' }

type Props = {
  params: Promise<{ tenant: string; id: string }>
  searchParams: Promise<{ version?: string | string[] }>
}

/** The newest version can be edited; with `?version=` an earlier one is read. */
export default async function TablePage({ params, searchParams }: Props) {
  const [{ tenant, id }, { version }] = await Promise.all([params, searchParams])
  const path = `/${tenant}/collection/tables`
  const wanted = typeof version === 'string' && /^\d{1,9}$/.test(version) ? Number(version) : undefined
  const scope = await requireMember(tenant, wanted ? `${path}/${id}?version=${wanted}` : `${path}/${id}`)
  const table = await found(getTable(scope, { id, version: wanted }))
  const [companions, { companion, attributes }] = await Promise.all([
    table.kind === 'mapping' ? listTables(scope, { kind: 'properties' }) : [],
    findCompanion(scope, table),
  ])
  const canManage = scope.permissions.has('collection:manage')
  const isNewest = table.shownVersion === table.version
  const { columns, rows, problems, kind, name, note } = table
  return (
    <>
      <PageHeader
        above={<Above href={path}>Tables</Above>}
        title={name}
        description={<TableSummary table={table} tenant={tenant} />}
        actions={
          <>
            <a
              href={`${path}/${id}/csv?version=${table.shownVersion}`}
              download
              className={buttonStyle('secondary')}
            >
              <Download aria-hidden />
              Export CSV
            </a>
            {canManage && (
              <RemoveTableButton
                id={id}
                name={name}
                usedBy={table.usedBy.map((line) => line.name)}
                remove={removeTableAction.bind(null, tenant)}
              />
            )}
          </>
        }
      />
      {canManage && isNewest ? (
        <TableEditor
          kind={kind}
          table={{ id, name, note, updatedAt: table.updatedAt.toISOString() }}
          content={{ columns, rows }}
          problems={problems}
          companions={companions.map((one) => ({ id: one.id, name: one.name }))}
          companion={companion}
          attributes={attributes}
          loadCompanion={companionAction.bind(null, tenant)}
          path={path}
        />
      ) : (
        <TableReader kind={kind} name={name} content={{ columns, rows }} problems={problems} />
      )}
    </>
  )
}
