import type { Place } from './grid'

/** Rows that PageUp and PageDown pass over. */
const PAGE_ROWS = 15

type Size = { rows: number; columns: number }

/** Where a key leads from a cell; undefined for all other keys. */
export function moveBy(key: string, isFar: boolean, { row, column }: Place, size: Size): Place | undefined {
  const to = targetOf(key, isFar, { row, column }, size)
  if (!to) return undefined
  return { row: clamp(to.row, size.rows), column: clamp(to.column, size.columns) }
}

function targetOf(key: string, isFar: boolean, { row, column }: Place, size: Size): Place | undefined {
  const lastRow = size.rows - 1
  const lastColumn = size.columns - 1
  switch (key) {
    case 'ArrowUp':
      return { row: isFar ? 0 : row - 1, column }
    case 'ArrowDown':
      return { row: isFar ? lastRow : row + 1, column }
    case 'ArrowLeft':
      return { row, column: isFar ? 0 : column - 1 }
    case 'ArrowRight':
      return { row, column: isFar ? lastColumn : column + 1 }
    case 'Home':
      return { row: isFar ? 0 : row, column: 0 }
    case 'End':
      return { row: isFar ? lastRow : row, column: lastColumn }
    case 'PageUp':
      return { row: row - PAGE_ROWS, column }
    case 'PageDown':
      return { row: row + PAGE_ROWS, column }
    default:
      return undefined
  }
}

const clamp = (at: number, count: number) => Math.max(0, Math.min(at, count - 1))

/** The cell after or before another one, over the ends of rows; undefined beyond the first and the last. */
export function stepFrom({ row, column }: Place, step: 1 | -1, size: Size): Place | undefined {
  const at = row * size.columns + column + step
  if (at < 0 || at >= size.rows * size.columns) return undefined
  return { row: Math.floor(at / size.columns), column: at % size.columns }
}
