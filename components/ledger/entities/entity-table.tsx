'use client'

import Link from 'next/link'
import { useMemo } from 'react'
import { columnsFor } from '@/components/data-table/columns'
import { DataTable } from '@/components/data-table/data-table'
import { ROW_LINK } from '@/components/data-table/move-by-arrows'
import { Badge } from '@/components/ui/badge'
import { visibleText } from '@/components/ui/visible-text'
import type { EntitySummary } from '@/lib/ledger/entities/entity-view'
import { ENTITY_LABELS } from '@/lib/ledger/entity-types'

const column = columnsFor<EntitySummary>()
const FROM_TABLET = 'hidden sm:table-cell'

type Props = {
  /** Of the section. */
  path: string
  rows: EntitySummary[]
  /** Where all are of one type, it is left out. */
  isOfOneType: boolean
}

export function EntityTable({ path, rows, isOfOneType }: Props) {
  const columns = useMemo(() => entityColumns(path, isOfOneType), [path, isOfOneType])
  return <DataTable label="Entities" columns={columns} rows={rows} rowKey={({ id }) => id} />
}

function entityColumns(path: string, isOfOneType: boolean) {
  return column.columns([
    column.accessor('displayName', {
      header: 'Name',
      cell: ({ row: { original } }) => <Name entity={original} path={path} isOfOneType={isOfOneType} />,
      meta: { cell: 'min-w-44' },
    }),
    ...(isOfOneType
      ? []
      : [
          column.accessor('type', {
            header: 'Type',
            cell: ({ getValue }) => ENTITY_LABELS[getValue()].one,
            meta: { cell: `${FROM_TABLET} whitespace-nowrap`, header: FROM_TABLET },
          }),
        ]),
    column.accessor('key', {
      header: 'Key',
      cell: ({ getValue }) => <span className="literal wrap-anywhere">{visibleText(getValue())}</span>,
      meta: { cell: FROM_TABLET, header: FROM_TABLET },
    }),
    column.accessor('note', {
      header: 'Belongs to',
      cell: ({ getValue }) => (
        <span className="wrap-anywhere line-clamp-2 text-quiet">{visibleText(getValue())}</span>
      ),
      meta: { cell: `${FROM_TABLET} w-2/5 min-w-40`, header: FROM_TABLET },
    }),
  ])
}

type NameProps = { entity: EntitySummary; path: string; isOfOneType: boolean }

/** On a phone the rest of the row stands underneath. */
function Name({ entity: { id, type, key, displayName, note, isCurrent }, path, isOfOneType }: NameProps) {
  return (
    <>
      <Link
        href={`${path}/entities/${id}`}
        prefetch={false}
        className="wrap-anywhere rounded-sm font-medium underline-offset-3 hover:underline"
        {...ROW_LINK}
      >
        <bdi>{visibleText(displayName)}</bdi>
      </Link>
      {!isCurrent && (
        <span className="ml-2">
          <Badge>not now</Badge>
        </span>
      )}
      <p className="mt-0.5 flex flex-wrap gap-x-2 text-quiet text-xs sm:hidden">
        {!isOfOneType && <span>{ENTITY_LABELS[type].one}</span>}
        <span className="literal wrap-anywhere">{visibleText(key)}</span>
        {note && <span className="wrap-anywhere">{visibleText(note)}</span>}
      </p>
    </>
  )
}
