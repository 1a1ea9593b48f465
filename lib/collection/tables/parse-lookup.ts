import type { ProblemList } from './problem-list'
import type { RawTable } from './read-records'
import type { TableContent } from './table'

function checkColumns(columns: readonly string[], problems: ProblemList): void {
  for (const [i, name] of columns.entries()) {
    if (name === '') problems.error(1, undefined, `Column ${i + 1} has no name.`)
    else if (/[{}]/.test(name)) problems.error(1, name, `A name has no braces: ${name}.`)
    else if (columns.indexOf(name) < i)
      problems.error(1, name, `Columns ${columns.indexOf(name) + 1} and ${i + 1} are both named ${name}.`)
  }
}

/** A table that rows are joined with: any columns, each with a name of its own. */
export function parseLookup({ columns, records }: RawTable, problems: ProblemList): TableContent {
  checkColumns(columns, problems)
  for (const { row, cells } of records) {
    if (cells.length === columns.length) continue
    const what = cells.length < columns.length ? 'few' : 'many'
    const detail = `The row has too ${what} cells: ${cells.length} instead of ${columns.length}.`
    problems.error(row, undefined, detail)
  }
  return { columns, rows: records.map(({ cells }) => columns.map((_, i) => cells[i] ?? '')) }
}
