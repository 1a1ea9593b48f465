'use client'

import { useMemo } from 'react'
import { DataTable } from '@/components/data-table/data-table'
import { joinClasses } from '@/components/ui/join-classes'
import { trailColumns } from './trail-columns'
import type { TrailDisplay } from './trail-display'
import { useTrail } from './trail-navigation'
import type { TrailRow } from './trail-row'
import { ValueActions } from './value-actions'
import type { TrailAddress } from './value-link'

export type TrailTableProps = {
  label: string
  address: TrailAddress
  display: TrailDisplay
  rows: TrailRow[]
}

/** Marks the table in which `j` and `k` move. */
export const TABLE_ID = 'trail-events'

export function TrailTable({ label, address: { path, query }, display, rows }: TrailTableProps) {
  const { pending } = useTrail()
  const isDense = display.density === 'compact'
  const ids = display.columns.join()
  const columns = useMemo(
    () => trailColumns(ids.split(',') as TrailDisplay['columns'], { path, query }),
    [ids, path, query],
  )
  return (
    <div
      id={TABLE_ID}
      className={joinClasses('transition-opacity', pending && 'opacity-60', isDense && ONE_LINE)}
    >
      <ValueActions>
        <DataTable
          label={label}
          columns={columns}
          rows={rows}
          rowKey={rowKey}
          rowProps={rowProps}
          dense={isDense}
          pinned
        />
      </ValueActions>
    </div>
  )
}

/** The row in which the focus stands is the selected one. */
const ROW = 'focus-within:bg-accent-soft'
const ONE_LINE = '[&_[data-row-link]]:line-clamp-1'
const ARRIVED = 'transition-colors duration-1000 starting:bg-accent-soft'

function rowProps({ hasArrived }: TrailRow) {
  return { className: joinClasses(ROW, hasArrived && ARRIVED) }
}

function rowKey(row: TrailRow): string {
  return row.id
}
