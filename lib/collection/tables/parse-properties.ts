import { PROPERTIES_COLUMNS, PROPERTY_SEPARATOR } from '@/lib/collection/processing/event-properties'
import { PARAM_PREFIX } from '@/lib/collection/processing/resolve-name'
import { nearestName } from '@/lib/event/nearest-name'
import { checkKeys } from './check-keys'
import type { TableRecord } from './parse-cells'
import type { ProblemList } from './problem-list'
import type { RawTable } from './read-records'
import type { TableContent } from './table'

const FIRST_PROPERTY = PROPERTIES_COLUMNS.length

function checkColumns(columns: readonly string[], problems: ProblemList): void {
  for (const [i, name] of columns.entries()) {
    const wanted = PROPERTIES_COLUMNS[i] ?? String(i - FIRST_PROPERTY + 1)
    if (name === wanted) continue
    const near = i < FIRST_PROPERTY ? nearestName(name, PROPERTIES_COLUMNS) : undefined
    const hint = near === wanted ? `Did you mean ${near}?` : ''
    const order = `The columns are ${PROPERTIES_COLUMNS.join(', ')}, then 1, 2, 3 and so on.`
    problems.error(1, name, `Column ${i + 1} is ${name || 'blank'} and must be ${wanted}. ${hint || order}`)
  }
  for (const name of PROPERTIES_COLUMNS.slice(columns.length))
    problems.error(1, name, `There is no column ${name}.`)
}

function checkNames({ row, cells }: TableRecord, columns: readonly string[], problems: ProblemList): void {
  const last = cells.findLastIndex((name) => name !== '')
  for (let i = FIRST_PROPERTY; i <= last; i++) {
    const name = cells[i] ?? ''
    const column = columns[i]
    if (name === '') problems.error(row, column, `Property ${column} has no name, but one behind it has.`)
    else if (/[{}]/.test(name)) problems.error(row, column, `A name has no braces: ${name}.`)
    else if (name.includes(PROPERTY_SEPARATOR))
      problems.error(row, column, `A name has no ${PROPERTY_SEPARATOR}, which separates values: ${name}.`)
    else if (name.startsWith(PARAM_PREFIX))
      problems.warning(row, column, `Templates write ${PARAM_PREFIX} before the name by themselves.`)
  }
}

/** Rows written by hand end with their last name: blank cells at the end may be left out. */
function toRow({ row, cells }: TableRecord, columns: readonly string[], problems: ProblemList): string[] {
  const surplus = cells.slice(columns.length).find((cell) => cell.trim() !== '')
  if (surplus !== undefined) {
    const detail = `The row has ${cells.length} cells and the header ${columns.length}: ${surplus.trim()} has no column.`
    problems.error(row, undefined, detail)
  }
  return columns.map((_, i) => (cells[i] ?? '').trim())
}

/** Event properties: `eventid;message;category;subcategory;1;2;…;N`, whatever N the header says. */
export function parseProperties({ columns, records }: RawTable, problems: ProblemList): TableContent {
  checkColumns(columns, problems)
  const rows = records.map((record) => ({ row: record.row, cells: toRow(record, columns, problems) }))
  checkKeys(rows, 'eventid', problems)
  for (const record of rows) {
    if (record.cells[0] && !record.cells[1])
      problems.error(record.row, 'message', `Event ${record.cells[0]} has no message.`)
    checkNames(record, columns, problems)
  }
  return { columns, rows: rows.map(({ cells }) => cells) }
}
