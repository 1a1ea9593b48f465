'use client'

import Link from 'next/link'
import { columnsFor } from '@/components/data-table/columns'
import { ROW_LINK } from '@/components/data-table/move-by-arrows'
import { LevelMark, levelColor } from '@/components/ui/level-mark'
import { StatusBadge } from '@/components/ui/status-badge'
import { Time } from '@/components/ui/time'
import type { TrailRow } from './trail-row'
import { ValueLink } from './value-link'
import { ZoneSwitch } from './zone-switch'

const column = columnsFor<TrailRow>()

const FROM_DESK = 'hidden lg:table-cell'
const FROM_WIDE = 'hidden 2xl:table-cell'
/** The track: one line down the page, on which each event has left its mark. */
const RAIL =
  "relative max-lg:w-px before:absolute before:inset-y-0 before:left-[0.8125rem] before:w-px before:bg-line before:content-['']"

function linked(name: 'type' | 'action' | 'actor' | 'target' | 'ip') {
  return ({ getValue }: { getValue: () => string | undefined }) => {
    const value = getValue()
    return value && <ValueLink name={name} value={value} />
  }
}

const valueStyle = (width: string) => ({ cell: `${FROM_DESK} ${width} truncate`, header: FROM_DESK })

export function trailColumns(path: string) {
  return column.columns([
    column.accessor('occurredAt', {
      header: () => <ZoneSwitch />,
      cell: ({ getValue }) => <Time value={getValue()} millis zone={false} />,
      meta: { cell: `${FROM_DESK} w-px`, header: FROM_DESK },
    }),
    column.accessor('level', {
      header: () => <span className="max-lg:sr-only">Level</span>,
      cell: ({ getValue }) => <LevelCell level={getValue()} />,
      meta: { cell: RAIL },
    }),
    column.accessor('type', { header: 'Type', cell: linked('type'), meta: valueStyle('max-w-28') }),
    column.accessor('action', { header: 'Action', cell: linked('action'), meta: valueStyle('max-w-34') }),
    column.accessor('actor', { header: 'Actor', cell: linked('actor'), meta: valueStyle('max-w-34') }),
    column.accessor('target', { header: 'Target', cell: linked('target'), meta: valueStyle('max-w-36') }),
    column.accessor('text', {
      header: 'Event',
      cell: ({ row }) => <EventCell row={row.original} path={path} />,
      meta: { cell: 'w-full' },
    }),
    column.accessor('status', {
      header: 'Status',
      cell: ({ getValue }) => <StatusCell status={getValue()} />,
      meta: { cell: FROM_DESK, header: FROM_DESK },
    }),
    column.accessor('ip', {
      header: 'IP',
      cell: linked('ip'),
      meta: { cell: `${FROM_WIDE} numeric text-xs max-w-36 truncate`, header: FROM_WIDE },
    }),
  ])
}

/** The mark stands on the track; on a phone its word goes under the sentence. */
function LevelCell({ level }: { level: TrailRow['level'] }) {
  return (
    <ValueLink name="level" value={level}>
      <span
        className={`relative inline-flex items-baseline gap-1.5 font-medium text-xs [--mark-ground:var(--color-surface)] ${levelColor(level)}`}
      >
        <LevelMark level={level} />
        <span className="max-lg:sr-only">{level}</span>
      </span>
    </ValueLink>
  )
}

function StatusCell({ status }: { status: TrailRow['status'] }) {
  return (
    status && (
      <ValueLink name="status" value={status}>
        <StatusBadge status={status} />
      </ValueLink>
    )
  )
}

function EventCell({ row, path }: { row: TrailRow; path: string }) {
  return (
    <>
      <Link
        href={`${path}/${row.id}`}
        prefetch={false}
        className="wrap-anywhere line-clamp-2 rounded-sm text-ink underline-offset-3 hover:underline max-lg:line-clamp-3"
        {...ROW_LINK}
      >
        {row.text}
      </Link>
      <p className="mt-0.5 flex flex-wrap gap-x-3 text-quiet text-xs lg:hidden">
        <Time value={row.occurredAt} />
        <span>{row.level}</span>
        <span>{row.type}</span>
        <StatusBadge status={row.status} />
      </p>
    </>
  )
}
