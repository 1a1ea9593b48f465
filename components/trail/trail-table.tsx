'use client'

import { useMemo } from 'react'
import { DataTable } from '@/components/data-table/data-table'
import { trailColumns } from './trail-columns'
import type { TrailRow } from './trail-row'
import { TrailAddress } from './value-link'

type Props = { path: string; query: string; rows: TrailRow[] }

export function TrailTable({ path, query, rows }: Props) {
  const columns = useMemo(() => trailColumns(path), [path])
  const address = useMemo(() => ({ path, query }), [path, query])
  return (
    <TrailAddress value={address}>
      <DataTable label="Events, newest first" columns={columns} rows={rows} rowKey={rowKey} />
    </TrailAddress>
  )
}

function rowKey(row: TrailRow): string {
  return row.id
}
