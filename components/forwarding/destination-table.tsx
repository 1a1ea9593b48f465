'use client'

import Link from 'next/link'
import { useMemo } from 'react'
import { columnsFor } from '@/components/data-table/columns'
import { DataTable } from '@/components/data-table/data-table'
import { ROW_LINK } from '@/components/data-table/move-by-arrows'
import { Time } from '@/components/ui/time'
import { Backlog } from './backlog'
import { type DestinationSummary, fullName, isInTrouble } from './destination-summary'
import { DestinationSwitch, type SwitchActions } from './destination-switch'
import { StateBadge } from './state-badge'

const column = columnsFor<DestinationSummary>()

const FROM_DESK = 'hidden lg:table-cell'
const NUMBER = `${FROM_DESK} numeric text-right`

type Props = SwitchActions & { path: string; rows: DestinationSummary[] }

export function DestinationTable({ path, rows, pause, resume, canManage }: Props) {
  const columns = useMemo(
    () => destinationColumns(path, { pause, resume, canManage }),
    [path, pause, resume, canManage],
  )
  return <DataTable label="Forwarding destinations" columns={columns} rows={rows} rowKey={rowKey} />
}

function rowKey(row: DestinationSummary): string {
  return row.id
}

function destinationColumns(path: string, actions: SwitchActions) {
  return column.columns([
    column.accessor('state', {
      header: 'On',
      cell: ({ row: { original } }) => (
        <DestinationSwitch id={original.id} name={fullName(original)} state={original.state} {...actions} />
      ),
      meta: { cell: 'w-px' },
    }),
    column.accessor('name', {
      header: 'Destination',
      cell: ({ row: { original } }) => <Name row={original} path={path} />,
      meta: { cell: 'min-w-44' },
    }),
    column.accessor('kindLabel', {
      header: 'Kind',
      meta: { cell: `${FROM_DESK} whitespace-nowrap`, header: FROM_DESK },
    }),
    column.accessor('sentAt', {
      header: 'Last sent',
      cell: ({ getValue }) => <Moment value={getValue()} />,
      meta: { cell: FROM_DESK, header: FROM_DESK },
    }),
    column.accessor('sentEvents', {
      header: 'Sent',
      cell: ({ getValue }) => getValue().toLocaleString('en'),
      meta: { cell: NUMBER, header: NUMBER },
    }),
    column.accessor('failedAt', {
      header: 'Last failed',
      cell: ({ getValue }) => <Moment value={getValue()} />,
      meta: { cell: FROM_DESK, header: FROM_DESK },
    }),
    column.accessor('failedAttempts', {
      header: 'Failures',
      cell: ({ row: { original } }) => <Failures row={original} />,
      meta: { cell: `${FROM_DESK} max-w-64`, header: FROM_DESK },
    }),
    column.accessor('backlog', {
      header: 'Waiting',
      cell: ({ getValue }) => <Backlog backlog={getValue()} />,
    }),
  ])
}

function Name({ row, path }: { row: DestinationSummary; path: string }) {
  return (
    <>
      <Link
        href={`${path}/${row.id}`}
        className="wrap-anywhere rounded-sm font-medium underline-offset-3 hover:underline"
        {...ROW_LINK}
      >
        {row.name}
      </Link>
      <p className="mt-0.5 flex flex-wrap items-baseline gap-x-2 gap-y-1 text-quiet text-xs">
        <StateBadge condition={row.condition} />
        <span className="lg:hidden">{row.kindLabel}</span>
        {!row.name.includes(row.target) && <span className="wrap-anywhere">{row.target}</span>}
      </p>
      {row.note && <p className="mt-0.5 line-clamp-1 text-quiet text-xs">{row.note}</p>}
    </>
  )
}

function Moment({ value }: { value: string | null }) {
  return value ? <Time value={value} /> : <span className="text-quiet">never</span>
}

function Failures({ row }: { row: DestinationSummary }) {
  return (
    <>
      <span className="numeric">{row.failedAttempts.toLocaleString('en')}</span>
      {row.deadEvents > 0 && (
        <span className="numeric whitespace-nowrap text-danger text-xs">
          {' '}
          · {row.deadEvents.toLocaleString('en')} set aside
        </span>
      )}
      {row.failMessage && (
        <span
          title={row.failMessage}
          className={`line-clamp-2 text-xs ${isInTrouble(row.condition) ? 'text-danger' : 'text-quiet'}`}
        >
          {row.failMessage}
        </span>
      )}
    </>
  )
}
