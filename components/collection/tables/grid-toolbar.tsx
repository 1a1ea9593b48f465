'use client'

import { Columns3, Minus, Pencil, Redo2, Rows3, Search, Undo2 } from 'lucide-react'
import { type KeyboardEvent, useState } from 'react'
import { Button } from '@/components/ui/button'
import { IconButton } from '@/components/ui/icon-button'
import { Input } from '@/components/ui/input'
import type { TableKind } from '@/lib/collection/tables/table'
import { withColumn, withoutColumn } from './column-rules'
import { addRow, areaOf, findCell, type Grid, removeRows, renameColumn } from './grid'
import { type Cursor, cursorAt } from './table-grid'

type Props = {
  kind: TableKind
  grid: Grid
  cursor: Cursor
  onCursor: (cursor: Cursor) => void
  /** Left out for who may only read. */
  edit?: {
    change: (grid: Grid) => void
    undo: () => void
    redo: () => void
    canUndo: boolean
    canRedo: boolean
  }
}

/** What is done to rows and columns of a table, at the cursor. */
export function GridToolbar({ kind, grid, cursor, onCursor, edit }: Props) {
  return (
    <div className="flex flex-wrap items-center gap-1.5">
      {edit && <RowButtons grid={grid} cursor={cursor} onCursor={onCursor} change={edit.change} />}
      {edit && kind !== 'mapping' && (
        <ColumnButtons kind={kind} grid={grid} cursor={cursor} onCursor={onCursor} change={edit.change} />
      )}
      {edit && (
        <>
          <IconButton label="Undo" disabled={!edit.canUndo} onClick={edit.undo}>
            <Undo2 aria-hidden />
          </IconButton>
          <IconButton label="Redo" disabled={!edit.canRedo} onClick={edit.redo}>
            <Redo2 aria-hidden />
          </IconButton>
        </>
      )}
      <FindField grid={grid} cursor={cursor} onCursor={onCursor} />
    </div>
  )
}

type PartProps = Omit<Props, 'kind' | 'edit'> & { change: (grid: Grid) => void }

function RowButtons({ grid, cursor, onCursor, change }: PartProps) {
  const { from, to } = areaOf(cursor.place, cursor.anchor)
  const marked = to.row - from.row + 1
  return (
    <>
      <Button
        size="sm"
        onClick={() => {
          const at = grid.rows.length === 0 ? 0 : to.row + 1
          change(addRow(grid, at))
          onCursor(cursorAt({ row: at, column: 0 }))
        }}
      >
        <Rows3 aria-hidden />
        Add row
      </Button>
      <Button
        size="sm"
        disabled={grid.rows.length === 0}
        onClick={() => {
          const next = removeRows(grid, from.row, to.row)
          change(next)
          onCursor(
            cursorAt({ row: Math.max(0, Math.min(from.row, next.rows.length - 1)), column: from.column }),
          )
        }}
      >
        <Minus aria-hidden />
        {marked === 1 ? 'Remove row' : `Remove ${marked} rows`}
      </Button>
    </>
  )
}

function ColumnButtons({ kind, grid, cursor, onCursor, change }: PartProps & { kind: TableKind }) {
  const { row, column } = cursor.place
  const [name, setName] = useState<string>()
  const wider = withColumn(kind, grid, column)
  const narrower = withoutColumn(kind, grid, column)
  function rename() {
    if (name?.trim()) change(renameColumn(grid, column, name.trim()))
    setName(undefined)
  }
  if (name !== undefined)
    return (
      <div className="flex gap-1.5">
        <Input
          autoFocus
          aria-label={`New name of the column ${grid.columns[column]}`}
          value={name}
          className="h-7! w-44"
          onChange={({ target }) => setName(target.value)}
          onKeyDown={(event) => {
            if (event.key === 'Escape') setName(undefined)
            onEnter(event, rename)
          }}
        />
        <Button size="sm" onClick={rename}>
          Rename
        </Button>
      </div>
    )
  return (
    <>
      {wider && (
        <Button size="sm" onClick={() => change(wider)}>
          <Columns3 aria-hidden />
          Add column
        </Button>
      )}
      {kind === 'lookup' && (
        <Button size="sm" onClick={() => setName(grid.columns[column] ?? '')}>
          <Pencil aria-hidden />
          Rename column
        </Button>
      )}
      <Button
        size="sm"
        disabled={!narrower}
        onClick={() => {
          if (!narrower) return
          change(narrower.grid)
          onCursor(cursorAt({ row, column: Math.min(column, narrower.grid.columns.length - 1) }))
        }}
      >
        <Minus aria-hidden />
        Remove column{narrower && <span className="literal">{narrower.name}</span>}
      </Button>
    </>
  )
}

function FindField({ grid, cursor, onCursor }: Omit<PartProps, 'change'>) {
  const [text, setText] = useState('')
  const [isMissing, setIsMissing] = useState(false)
  function find() {
    const place = text ? findCell(grid, text, cursor.place) : undefined
    setIsMissing(text !== '' && !place)
    if (place) onCursor(cursorAt(place))
  }
  return (
    <div className="ml-auto flex items-center gap-1.5">
      <span role="status" className="text-quiet text-xs">
        {isMissing && 'In no cell.'}
      </span>
      <Input
        type="search"
        aria-label="Find in cells"
        placeholder="Find in cells"
        value={text}
        className="h-7! w-40"
        onChange={({ target }) => {
          setText(target.value)
          setIsMissing(false)
        }}
        onKeyDown={(event) => onEnter(event, find)}
      />
      <IconButton label="Find next" onClick={find}>
        <Search aria-hidden />
      </IconButton>
    </div>
  )
}

/** The tools stand in the table's form, which Enter must not send from here. */
function onEnter(event: KeyboardEvent, act: () => void) {
  if (event.key !== 'Enter') return
  event.preventDefault()
  act()
}
