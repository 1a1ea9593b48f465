'use client'

import { columnsFor } from '@/components/data-table/columns'
import { SealMark } from '@/components/integrity/seal-mark'
import { joinClasses } from '@/components/ui/join-classes'
import { LevelMark, levelColor } from '@/components/ui/level-mark'
import { StatusBadge } from '@/components/ui/status-badge'
import { Time } from '@/components/ui/time'
import { visibleText } from '@/components/ui/visible-text'
import { canFilterBy } from './can-filter-by'
import { EventCell } from './event-cell'
import { type ColumnId, columnOf } from './event-columns'
import { MatchedLink } from './matched-link'
import { hasDefaultColumns } from './trail-display'
import type { TrailRow } from './trail-row'
import { type TrailAddress, ValueLink } from './value-link'
import { ZoneName, ZoneSwitch } from './zone-switch'

const column = columnsFor<TrailRow>()

const FROM_DESK = 'max-lg:hidden'
/** Where the reader chose no columns, the last one gives way to the sentence. */
const FROM_WIDE = 'max-2xl:hidden'

/** The track: one line down the page, on which each event has left its mark. */
const RAIL =
  "relative max-lg:w-px before:absolute before:inset-y-0 before:left-[0.8125rem] before:w-px before:bg-line before:content-['']"

const WIDTHS: Partial<Record<ColumnId, string>> = {
  type: 'max-w-28',
  action: 'max-w-34',
  category: 'max-w-34',
  ip: 'numeric text-xs max-w-36',
  session: 'numeric text-xs max-w-36',
  origin: 'literal max-w-36',
  seq: 'numeric text-right',
}

/** The columns that the reader chose, in the table's order. */
export function trailColumns(ids: readonly ColumnId[], address: TrailAddress) {
  const isDefault = hasDefaultColumns(ids)
  return column.columns(
    ids.map((id) => {
      const shown = isDefault && id === 'ip' ? FROM_WIDE : FROM_DESK
      return column.display({
        id,
        header: () => headerOf(id),
        cell: ({ row }) => cellOf(id, row.original, address),
        meta: styleOf(id, shown),
      })
    }),
  )
}

function styleOf(id: ColumnId, shown: string) {
  if (id === 'message') return { cell: 'w-full lg:min-w-60' }
  if (id === 'level') return { cell: RAIL }
  if (id === 'proof') return { cell: `${shown} w-px text-center`, header: shown }
  if (id === 'time' || id === 'received') return { cell: `${shown} w-px`, header: shown }
  return { cell: joinClasses(shown, 'truncate', WIDTHS[id] ?? 'max-w-36'), header: shown }
}

function headerOf(id: ColumnId) {
  const { label } = columnOf(id)
  if (id === 'time') return <ZoneSwitch />
  if (id === 'level') return <span className="max-lg:sr-only">{label}</span>
  if (id === 'received')
    return (
      <>
        {label} <ZoneName />
      </>
    )
  return label
}

function cellOf(id: ColumnId, row: TrailRow, address: TrailAddress) {
  if (id === 'time') return <Time value={row.occurredAt} millis zone={false} />
  if (id === 'received') return <Time value={row.receivedAt} millis zone={false} />
  if (id === 'message') return <EventCell row={row} address={address} />
  if (id === 'level') return <LevelCell level={row.level} address={address} />
  if (id === 'seq') return row.seq.toLocaleString('en')
  if (id === 'proof') return <SealMark seq={row.seq} isErased={row.erased ?? false} />
  if (id === 'status') {
    if (!row.status) return null
    return (
      <ValueLink name="status" value={row.status} address={address}>
        <StatusBadge status={row.status} />
      </ValueLink>
    )
  }
  const value = row.values[id]
  const { filter } = columnOf(id)
  if (value === undefined) return null
  const matched = id === 'actor' || id === 'target' ? row.matched?.[id] : undefined
  if (matched && (id === 'actor' || id === 'target') && canFilterBy(value))
    return <MatchedLink column={id} value={value} matched={matched} address={address} />
  if (filter && canFilterBy(value)) return <ValueLink name={filter} value={value} address={address} />
  return <bdi title={visibleText(value)}>{visibleText(value)}</bdi>
}

/** The mark stands on the track; on a phone its word goes under the sentence. */
function LevelCell({ level, address }: { level: TrailRow['level']; address: TrailAddress }) {
  return (
    <ValueLink name="level" value={level} address={address}>
      <span
        className={`relative inline-flex items-baseline gap-1.5 font-medium text-xs [--mark-ground:var(--color-surface)] ${levelColor(level)}`}
      >
        <LevelMark level={level} />
        <span className="max-lg:sr-only">{level}</span>
      </span>
    </ValueLink>
  )
}
