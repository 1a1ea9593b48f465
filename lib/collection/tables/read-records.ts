import { parseCells, type TableRecord } from './parse-cells'
import type { ProblemList } from './problem-list'

/** A header and the rows below it, as they stand there. */
export type RawTable = { columns: string[]; records: TableRecord[] }

/** The widest table that a page of cells shows; logs have fewer columns. */
const MAX_COLUMNS = 500

/** A lookup of all people of a large company; each run reads its tables whole, and keeps them in memory. */
const MAX_ROWS = 200_000

const isBlank = (cells: readonly string[]) => cells.every((cell) => cell.trim() === '')

/** Spreadsheets write columns that once had something in them: nothing is lost without them. */
function withoutEmptyColumns({ columns, records }: RawTable): RawTable {
  let width = columns.length
  while (width > 0 && columns[width - 1] === '' && records.every(({ cells }) => !cells[width - 1]?.trim()))
    width--
  if (width === columns.length) return { columns, records }
  const cut = (cells: string[]) => (isBlank(cells.slice(width)) ? cells.slice(0, width) : cells)
  return {
    columns: columns.slice(0, width),
    records: records.map(({ row, cells }) => ({ row, cells: cut(cells) })),
  }
}

function findUnreadable(content: string, problems: ProblemList): void {
  for (const [letter, detail] of [
    ['\0', 'There is a NUL character, which no store keeps.'],
    ['\ufffd', 'There are letters that were lost: save the file as UTF-8 and take it from there.'],
  ] as const) {
    const at = content.indexOf(letter)
    if (at >= 0) problems.error(content.slice(0, at).split('\n').length, undefined, detail)
  }
  if (!content.isWellFormed()) problems.error(1, undefined, 'There is half of a surrogate pair.')
}

/** Reads a table's text: names and rows, without blank ones. Undefined if there is not even a header. */
export function readRecords(content: string, delimiter: string, problems: ProblemList): RawTable | undefined {
  findUnreadable(content, problems)
  const { records, unreadable } = parseCells(content, delimiter, MAX_ROWS)
  if (unreadable) problems.error(unreadable.row, undefined, unreadable.detail)
  const [header, ...below] = records
  if (!header || isBlank(header.cells)) {
    if (!unreadable) problems.error(1, undefined, 'The first row names the columns, and there is none.')
    return undefined
  }
  const columns = header.cells.map((name) => name.trim())
  if (columns.length > MAX_COLUMNS) {
    problems.error(1, undefined, `There are ${columns.length} columns; at most ${MAX_COLUMNS} are taken.`)
    return undefined
  }
  return withoutEmptyColumns({ columns, records: below.filter(({ cells }) => !isBlank(cells)) })
}
