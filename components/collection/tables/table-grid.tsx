'use client'

import {
  type ClipboardEvent,
  type KeyboardEvent,
  type PointerEvent,
  useEffect,
  useId,
  useRef,
  useState,
} from 'react'
import type { NameHint } from '@/components/collection/names/name-suggestions'
import { type AfterEdit, CellEditor } from './cell-editor'
import { columnWidths } from './column-widths'
import { areaOf, cellAt, cutOut, type Grid, type Place, writeCells } from './grid'
import { moveBy, stepFrom } from './grid-moves'
import { GridRow, ROW_PX } from './grid-row'
import { fromClipboard, toClipboard } from './grid-text'
import { useRowWindow } from './use-row-window'

/** Where the cursor is, and the other corner of what is marked. */
export type Cursor = { place: Place; anchor: Place }
export const cursorAt = (place: Place): Cursor => ({ place, anchor: place })

/** What is wrong with cells: by row, then by column. */
export type CellProblems = ReadonlyMap<number, ReadonlyMap<number, string>>

type Props = {
  label: string
  grid: Grid
  cursor: Cursor
  onCursor: (cursor: Cursor) => void
  problems: CellProblems
  /** Left out for who may only read. */
  onChange?: (grid: Grid) => void
  onUndo?: (isRedo: boolean) => void
  namesAt?: (place: Place) => readonly NameHint[]
}

/** A table with hundreds of rows and dozens of columns that is written like a spreadsheet. */
export function TableGrid(props: Props) {
  const { label, grid, cursor, onCursor, problems, onChange, onUndo, namesAt } = props
  const id = useId()
  const frame = useRef<HTMLDivElement>(null)
  const table = useRef<HTMLTableElement>(null)
  /** The text that the written cell begins with; undefined where none is written. */
  const [written, setWritten] = useState<string>()
  const size = { rows: grid.rows.length, columns: grid.columns.length }
  const { place, anchor } = cursor
  const area = areaOf(place, anchor)
  const drawn = useRowWindow(frame, size.rows, place.row)
  const [widths, setWidths] = useState(() => columnWidths(grid))
  if (widths.length !== size.columns) setWidths(columnWidths(grid))

  const isFirst = useRef(true)
  useEffect(() => {
    // The page stays where it is until somebody moves the cursor.
    if (!isFirst.current) frame.current?.scrollIntoView({ block: 'nearest' })
    isFirst.current = false
    showPlace(frame.current, document.getElementById(`${id}-${place.row}-${place.column}`))
  }, [id, place.row, place.column])

  function go(to: Place, isMarking = false) {
    onCursor(isMarking ? { place: to, anchor } : cursorAt(to))
  }
  function write(text: string, at = area) {
    onChange?.(writeCells(grid, at, [[text]]))
  }

  function press(event: KeyboardEvent<HTMLTableElement>) {
    const { key, shiftKey, altKey } = event
    const isFar = event.ctrlKey || event.metaKey
    const to = altKey ? undefined : moveBy(key, isFar, place, size)
    if (to) go(to, shiftKey)
    else if (isFar && key.toLowerCase() === 'a') {
      onCursor({ anchor: { row: 0, column: 0 }, place: { row: size.rows - 1, column: size.columns - 1 } })
    } else if (isFar && ['z', 'y'].includes(key.toLowerCase()) && onUndo)
      onUndo(shiftKey || key.toLowerCase() === 'y')
    else if (key === 'Escape' && place !== anchor) go(place)
    else if (!onChange || isFar || altKey || size.rows === 0) return
    else if (key === 'Enter' || key === 'F2') setWritten(cellAt(grid, place))
    else if (key === 'Delete' || key === 'Backspace') write('')
    else if (key.length === 1) setWritten(key)
    else return
    event.preventDefault()
  }

  function done(text: string, after: AfterEdit) {
    setWritten(undefined)
    if (text !== cellAt(grid, place)) write(text, areaOf(place, place))
    if (after === 'stay') return
    table.current?.focus({ preventScroll: true })
    const to =
      after === 'next' || after === 'back'
        ? stepFrom(place, after === 'next' ? 1 : -1, size)
        : moveBy(after === 'down' ? 'ArrowDown' : 'ArrowUp', false, place, size)
    if (to) go(to)
  }

  function copy(event: ClipboardEvent<HTMLTableElement>, isCut: boolean) {
    if (written !== undefined) return
    event.preventDefault()
    event.clipboardData.setData('text/plain', toClipboard(cutOut(grid, area)))
    if (isCut) write('')
  }
  function paste(event: ClipboardEvent<HTMLTableElement>) {
    if (written !== undefined || !onChange) return
    event.preventDefault()
    const cells = fromClipboard(event.clipboardData.getData('text/plain'))
    const next = writeCells(grid, area, cells)
    onChange(next)
    const last = {
      row: Math.min(area.from.row + cells.length, next.rows.length) - 1,
      column: Math.min(area.from.column + (cells[0]?.length ?? 1), size.columns) - 1,
    }
    if (cells.length > 1 || (cells[0]?.length ?? 0) > 1) onCursor({ anchor: area.from, place: last })
  }

  function point(event: PointerEvent<HTMLTableElement>, isMarking: boolean) {
    const cell = (event.target as HTMLElement).closest<HTMLElement>('[data-row]')
    if (!cell || (event.target as HTMLElement).closest('input, textarea')) return
    // Marks cells, and not the letters in them.
    if (event.pointerType === 'mouse') event.preventDefault()
    table.current?.focus({ preventScroll: true })
    go({ row: Number(cell.dataset.row), column: Number(cell.dataset.column) }, isMarking)
  }

  const editor =
    written === undefined ? null : (
      <CellEditor
        key={`${place.row}-${place.column}`}
        label={`${grid.columns[place.column]}, row ${place.row + 1}`}
        first={written}
        names={namesAt?.(place) ?? []}
        onDone={done}
        onCancel={() => {
          setWritten(undefined)
          table.current?.focus({ preventScroll: true })
        }}
      />
    )

  return (
    <div
      ref={frame}
      className="relative max-h-[min(60dvh,44rem)] scroll-mt-4 scroll-mb-20 overflow-auto rounded-lg border border-line bg-sunken"
    >
      <table
        ref={table}
        // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: the grid pattern of WAI-ARIA on the table that it is
        role="grid"
        aria-label={label}
        aria-rowcount={size.rows + 1}
        aria-colcount={size.columns}
        aria-multiselectable
        aria-readonly={onChange ? undefined : true}
        aria-activedescendant={size.rows > 0 ? `${id}-${place.row}-${place.column}` : undefined}
        tabIndex={0}
        onKeyDown={press}
        onCopy={(event) => copy(event, false)}
        onCut={(event) => copy(event, onChange !== undefined)}
        onPaste={paste}
        onPointerDown={(event) => point(event, event.shiftKey)}
        onPointerOver={(event) => event.buttons === 1 && event.pointerType === 'mouse' && point(event, true)}
        onDoubleClick={({ target }) =>
          onChange && (target as HTMLElement).closest('[data-row]') && setWritten(cellAt(grid, place))
        }
        className="w-max table-fixed select-none border-separate border-spacing-0 text-sm outline-none"
      >
        <colgroup>
          {grid.columns.map((name, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: two columns may have one name until it is mended
            <col key={`${name}-${at}`} style={{ width: widths[at] }} />
          ))}
        </colgroup>
        <thead>
          <tr aria-rowindex={1}>
            {grid.columns.map((name, at) => (
              <th
                // biome-ignore lint/suspicious/noArrayIndexKey: as above
                key={`${name}-${at}`}
                scope="col"
                aria-colindex={at + 1}
                className={`sticky top-0 h-8 truncate border-line border-r border-b bg-paper px-2 text-left font-medium text-quiet text-xs ${at === 0 ? 'left-0 z-3' : 'z-2'}`}
              >
                {name || '(no name)'}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {drawn.map((one) =>
            'gap' in one ? (
              <tr key={`gap-${one.before}`} aria-hidden style={{ height: one.gap * ROW_PX }} />
            ) : (
              <GridRow
                key={one.row}
                id={id}
                row={one.row}
                cells={grid.rows[one.row] ?? []}
                from={one.row < area.from.row || one.row > area.to.row ? -1 : area.from.column}
                to={one.row < area.from.row || one.row > area.to.row ? -1 : area.to.column}
                at={one.row === place.row ? place.column : -1}
                problems={problems.get(one.row)}
                editor={one.row === place.row ? editor : null}
              />
            ),
          )}
        </tbody>
      </table>
    </div>
  )
}

/** Scrolls the frame, and nothing else, until the cell stands free of the sticky header and first column. */
function showPlace(frame: HTMLElement | null, cell: HTMLElement | null): void {
  const first = frame?.querySelector<HTMLElement>('thead th')
  if (!frame || !cell || !first) return
  const top = cell.parentElement?.offsetTop ?? 0
  const isSticky = cell.dataset.column === '0'
  if (top - first.offsetHeight < frame.scrollTop) frame.scrollTop = top - first.offsetHeight
  else if (top + ROW_PX > frame.scrollTop + frame.clientHeight)
    frame.scrollTop = top + ROW_PX - frame.clientHeight
  if (isSticky) frame.scrollLeft = 0
  else if (cell.offsetLeft - first.offsetWidth < frame.scrollLeft)
    frame.scrollLeft = cell.offsetLeft - first.offsetWidth
  else if (cell.offsetLeft + cell.offsetWidth > frame.scrollLeft + frame.clientWidth)
    frame.scrollLeft = cell.offsetLeft + cell.offsetWidth - frame.clientWidth
}
