import { visibleText } from '@/components/ui/visible-text'
import { cellAt, type Grid, type Place } from './grid'

type Props = { grid: Grid; place: Place; problem: string | undefined; isReadOnly: boolean }

/** The cell under the cursor in full, which its column may have no room for. */
export function CellLine({ grid, place, problem, isReadOnly }: Props) {
  if (grid.rows.length === 0)
    return (
      <p className="text-quiet text-sm">
        {isReadOnly ? 'No rows.' : 'No rows yet: add one, or import a CSV.'}
      </p>
    )
  const text = cellAt(grid, place)
  return (
    <div className="min-h-10 text-sm">
      <p className="text-quiet text-xs">
        Row {place.row + 2}, <span className="literal">{grid.columns[place.column]}</span>
        {!isReadOnly && (
          <span className="max-sm:hidden">
            {' '}
            · Enter or typing writes the cell, Tab goes on to the next one, Escape takes it back; several
            cells can be pasted.
          </span>
        )}
      </p>
      <p className="literal wrap-anywhere max-h-24 overflow-y-auto whitespace-pre-wrap">
        {text === '' ? <span className="text-faint">blank</span> : visibleText(text)}
      </p>
      {problem && <p className="text-danger text-xs">{problem}</p>}
    </div>
  )
}
