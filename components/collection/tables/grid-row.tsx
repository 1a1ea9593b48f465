import { memo, type ReactNode } from 'react'
import { joinClasses } from '@/components/ui/join-classes'
import { visibleText } from '@/components/ui/visible-text'

export const ROW_PX = 32

type Props = {
  id: string
  row: number
  cells: readonly string[]
  /** The marked columns; -1 where the row has none. */
  from: number
  to: number
  /** The column of the cursor, -1 in all other rows. */
  at: number
  /** What is wrong, by column. */
  problems: ReadonlyMap<number, string> | undefined
  /** Stands in the place of the cursor's cell while that is written. */
  editor: ReactNode
}

/** One row of a grid; drawn again only when something of it changes. */
export const GridRow = memo(function GridRow({ id, row, cells, from, to, at, problems, editor }: Props) {
  return (
    <tr aria-rowindex={row + 2} style={{ height: ROW_PX }}>
      {cells.map((text, column) => {
        const problem = problems?.get(column)
        const isFirst = column === 0
        const Cell = isFirst ? 'th' : 'td'
        return (
          <Cell
            // biome-ignore lint/suspicious/noArrayIndexKey: a cell has no identity but its place
            key={column}
            id={`${id}-${row}-${column}`}
            scope={isFirst ? 'row' : undefined}
            role={isFirst ? 'rowheader' : 'gridcell'}
            aria-colindex={column + 1}
            aria-selected={column >= from && column <= to}
            aria-invalid={problem ? true : undefined}
            aria-description={problem}
            data-row={row}
            data-column={column}
            title={problem}
            className={joinClasses(
              'h-8 border-line border-r border-b px-2 text-left font-normal',
              isFirst ? 'sticky left-0 z-1' : 'relative',
              styleOf(column >= from && column <= to, problem !== undefined, isFirst),
              column === at && 'outline-2 outline-accent -outline-offset-2',
              column === at && editor !== null && 'overflow-visible',
            )}
          >
            {column === at && editor ? (
              editor
            ) : (
              <span className="literal block truncate">{visibleText(text.replaceAll('\n', ' ⏎ '))}</span>
            )}
          </Cell>
        )
      })}
    </tr>
  )
})

function styleOf(isMarked: boolean, isWrong: boolean, isFirst: boolean): string {
  if (isWrong) return 'bg-danger-soft'
  if (isMarked) return 'bg-accent-soft'
  return isFirst ? 'bg-paper' : 'bg-surface'
}
