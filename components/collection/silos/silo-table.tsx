'use client'

import Link from 'next/link'
import { useMemo } from 'react'
import { number } from '@/components/collection/row-counts'
import { RunFigures } from '@/components/collection/runs/run-figures'
import { isRunOpen, RunStateBadge } from '@/components/collection/runs/run-state-badge'
import { columnsFor } from '@/components/data-table/columns'
import { DataTable } from '@/components/data-table/data-table'
import { ROW_LINK } from '@/components/data-table/move-by-arrows'
import { Badge } from '@/components/ui/badge'
import { ProgressBar } from '@/components/ui/progress-bar'
import { Time } from '@/components/ui/time'
import { visibleText } from '@/components/ui/visible-text'
import type { RunView } from '@/lib/collection/runs/run-view'
import type { ListedSilo } from './listed-silo'

const column = columnsFor<ListedSilo>()
const FROM_DESK = 'hidden lg:table-cell'
const FROM_TABLET = 'hidden sm:table-cell'
const NUMBER = 'numeric text-right'

type Props = {
  /** Of the section. */
  path: string
  rows: ListedSilo[]
}

export function SiloTable({ path, rows }: Props) {
  const columns = useMemo(() => siloColumns(path), [path])
  return <DataTable label="Silos" columns={columns} rows={rows} rowKey={({ name }) => name} />
}

function siloColumns(path: string) {
  return column.columns([
    column.accessor('name', {
      header: 'Silo',
      cell: ({ row: { original } }) => <Name silo={original} path={path} />,
      meta: { cell: 'min-w-40' },
    }),
    column.accessor('line', {
      header: 'Line',
      cell: ({ getValue }) => <Line line={getValue()} path={path} />,
      meta: { cell: `${FROM_DESK} max-w-56`, header: FROM_DESK },
    }),
    column.accessor('lastFileAt', {
      header: 'Last file',
      cell: ({ getValue }) => {
        const at = getValue()
        return at ? <Time value={at.toISOString()} /> : <span className="text-quiet">none</span>
      },
      meta: { cell: FROM_TABLET, header: FROM_TABLET },
    }),
    column.accessor('files', {
      header: 'Waiting',
      cell: ({ getValue }) => <Waiting files={getValue()} />,
      meta: { cell: NUMBER, header: 'text-right' },
    }),
    column.accessor('openRejects', {
      header: 'Rejects',
      cell: ({ row: { original } }) => <Rejects silo={original} path={path} />,
      meta: { cell: NUMBER, header: 'text-right' },
    }),
    column.accessor('lastRun', {
      header: 'Last run',
      cell: ({ getValue }) => <LastRun run={getValue()} path={path} />,
      meta: { cell: `${FROM_TABLET} min-w-52`, header: FROM_TABLET },
    }),
  ])
}

function Name({ silo: { name, note, from, isQuiet }, path }: { silo: ListedSilo; path: string }) {
  return (
    <>
      <Link
        href={`${path}/silos/${name}`}
        className="wrap-anywhere rounded-sm font-medium underline-offset-3 hover:underline"
        {...ROW_LINK}
      >
        {name}
      </Link>
      <p className="mt-0.5 flex flex-wrap items-baseline gap-x-2 gap-y-1 text-quiet text-xs">
        {isQuiet && <Badge tone="warning">quiet</Badge>}
        <span className="wrap-anywhere">{visibleText(from)}</span>
      </p>
      {note && <p className="mt-0.5 line-clamp-1 text-quiet text-xs">{note}</p>}
    </>
  )
}

function Line({ line, path }: { line: ListedSilo['line']; path: string }) {
  if (!line) return <Badge tone="warning">no line</Badge>
  return (
    <Link
      href={`${path}/lines/${line.id}`}
      className="wrap-anywhere rounded-sm underline-offset-3 hover:underline"
    >
      {line.name}
    </Link>
  )
}

function Waiting({ files: { waiting, failed } }: { files: ListedSilo['files'] }) {
  return (
    <>
      <span className={waiting === 0 ? 'text-faint' : undefined}>{number(waiting)}</span>
      {failed > 0 && <span className="block text-danger text-xs">{number(failed)} failed</span>}
    </>
  )
}

function Rejects({ silo: { name, openRejects }, path }: { silo: ListedSilo; path: string }) {
  if (openRejects === 0) return <span className="text-faint">0</span>
  return (
    <Link
      href={`${path}/silos/${name}?list=rejects`}
      className="rounded-sm font-medium text-danger underline-offset-3 hover:underline"
    >
      {number(openRejects)}
    </Link>
  )
}

function LastRun({ run, path }: { run: RunView | null; path: string }) {
  if (!run) return <span className="text-quiet">none</span>
  return (
    <>
      <span className="flex flex-wrap items-baseline gap-x-2">
        <Link href={`${path}/runs/${run.id}`} className="rounded-sm underline-offset-3 hover:underline">
          <Time value={(run.startedAt ?? run.requestedAt).toISOString()} />
        </Link>
        <RunStateBadge run={run} />
      </span>
      {isRunOpen(run) ? (
        <span className="flex max-w-40 py-1.5">
          <ProgressBar label={`Run of ${run.silo}`} share={run.readBytes / Math.max(1, run.totalBytes)} />
        </span>
      ) : (
        <p className="text-xs">
          <RunFigures counts={run} />
        </p>
      )}
    </>
  )
}
