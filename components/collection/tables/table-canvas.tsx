'use client'

import type { NameHint } from '@/components/collection/names/name-suggestions'
import type { TableKind } from '@/lib/collection/tables/table'
import { CellLine } from './cell-line'
import type { Grid, Place } from './grid'
import { GridToolbar } from './grid-toolbar'
import { type CellProblems, type Cursor, TableGrid } from './table-grid'

type Props = {
  kind: TableKind
  label: string
  grid: Grid
  cursor: Cursor
  onCursor: (cursor: Cursor) => void
  problems: CellProblems
  /** Left out for who may only read. */
  history?: {
    change: (grid: Grid) => void
    undo: () => void
    redo: () => void
    canUndo: boolean
    canRedo: boolean
  }
  namesAt?: (place: Place) => readonly NameHint[]
}

/** The grid with its tools above and the cell under the cursor below. */
export function TableCanvas({
  kind,
  label,
  grid,
  cursor: wanted,
  onCursor,
  problems,
  history,
  namesAt,
}: Props) {
  // What was undone may have taken the row or column of the cursor with it.
  const keep = ({ row, column }: Place) => ({
    row: Math.max(0, Math.min(row, grid.rows.length - 1)),
    column: Math.max(0, Math.min(column, grid.columns.length - 1)),
  })
  const cursor = { place: keep(wanted.place), anchor: keep(wanted.anchor) }
  return (
    <div className="flex min-w-0 flex-col gap-2">
      <GridToolbar kind={kind} grid={grid} cursor={cursor} onCursor={onCursor} edit={history} />
      <TableGrid
        label={label}
        grid={grid}
        cursor={cursor}
        onCursor={onCursor}
        problems={problems}
        onChange={history?.change}
        onUndo={history && ((isRedo) => (isRedo ? history.redo() : history.undo()))}
        namesAt={namesAt}
      />
      <CellLine
        grid={grid}
        place={cursor.place}
        problem={problems.get(cursor.place.row)?.get(cursor.place.column)}
        isReadOnly={!history}
      />
    </div>
  )
}
