import type { TableProblem } from '@/lib/collection/tables/table'
import type { Place } from './grid'
import type { CellProblems } from './table-grid'

/** The header is row 1 of a table, and the first row below it row 2. */
const FIRST_ROW = 2

/** Where a problem is in the grid; undefined for one with the header. */
export function placeOf(problem: TableProblem, columns: readonly string[]): Place | undefined {
  const row = problem.row - FIRST_ROW
  if (row < 0) return undefined
  const column = problem.column === undefined ? 0 : columns.indexOf(problem.column)
  return { row, column: Math.max(0, column) }
}

/** The problems of each cell; several of one cell in one text. */
export function problemsByCell(problems: readonly TableProblem[], columns: readonly string[]): CellProblems {
  const byRow = new Map<number, Map<number, string>>()
  for (const problem of problems) {
    const place = placeOf(problem, columns)
    if (!place) continue
    const row = byRow.get(place.row) ?? new Map<number, string>()
    const before = row.get(place.column)
    row.set(place.column, before ? `${before} ${problem.detail}` : problem.detail)
    byRow.set(place.row, row)
  }
  return byRow
}
