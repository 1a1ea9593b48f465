import { COLUMN_SYNONYMS, MAPPING_COLUMNS } from '@/lib/collection/processing/attribute-mapping'
import { parseTemplate, staticText } from '@/lib/collection/processing/template'
import { checkStaticValue } from '@/lib/collection/target/check-static-value'
import { FIELD } from '@/lib/collection/target/fields'
import { nearestName } from '@/lib/event/nearest-name'
import { checkKeys } from './check-keys'
import type { TableRecord } from './parse-cells'
import type { ProblemList } from './problem-list'
import type { RawTable } from './read-records'
import type { TableContent } from './table'

/** Columns before those of the target's fields. */
const FIRST_FIELD = 2
const isKnown = (name: string) => MAPPING_COLUMNS.includes(name)

/** The place of each column of the format among those of the file; problems for columns that are no such ones. */
function placeColumns(columns: readonly string[], problems: ProblemList): Map<string, number> {
  const places = new Map<string, number>()
  for (const [i, given] of columns.entries()) {
    const name = COLUMN_SYNONYMS[given] ?? given
    if (!isKnown(name)) {
      const near = nearestName(
        given,
        MAPPING_COLUMNS.filter((known) => !columns.includes(known)),
      )
      const hint = near ? ` Did you mean ${near}?` : ''
      problems.error(1, given, `There is no column ${given || 'without a name'} in this file.${hint}`)
    } else if (places.has(name)) {
      const before = columns[places.get(name) ?? 0]
      const other = before === given ? '' : `, as ${before}`
      problems.error(1, given, `The column ${given} is there twice${other}. Keep one of the two.`)
    } else places.set(name, i)
  }
  for (const name of MAPPING_COLUMNS)
    if (!places.has(name))
      problems.error(1, name, `The column ${name} is missing: there are exactly ${MAPPING_COLUMNS.length}.`)
  return places
}

function checkWidth({ row, cells }: TableRecord, columns: readonly string[], problems: ProblemList): void {
  if (cells.length === columns.length) return
  const what = cells.length < columns.length ? 'few' : 'many'
  problems.error(
    row,
    undefined,
    `The row has too ${what} cells: ${cells.length} instead of ${columns.length}.`,
  )
}

function checkMandant(text: string, mandants: ReadonlySet<string>): string | undefined {
  if (text.trim() === '' || mandants.has(text.trim())) return undefined
  return `${text.trim()} is no name of this workspace: its rows will be rejected. Leave the cell blank, or add the name to the workspace's aliases.`
}

function checkCell(
  row: number,
  place: number,
  template: string,
  problems: ProblemList,
  mandants: ReadonlySet<string> | undefined,
): void {
  const column = MAPPING_COLUMNS[place]
  const parsed = parseTemplate(template)
  if ('problem' in parsed) {
    problems.error(row, column, parsed.problem)
    return
  }
  const text = staticText(parsed.parts)
  if (text === undefined) return
  const field = place - FIRST_FIELD
  const detail =
    field === FIELD.mandant && mandants ? checkMandant(text, mandants) : checkStaticValue(field, text)
  if (detail) problems.warning(row, column, detail)
}

/**
 * The mapping of log attributes: exactly 49 columns in any order, kept in the order of the format. Texts that can't be
 * values of their field are warnings, for a line need not use them.
 */
export function parseMapping(
  { columns, records }: RawTable,
  problems: ProblemList,
  mandants?: ReadonlySet<string>,
): TableContent {
  const places = placeColumns(columns, problems)
  const rows = records.map((record) => {
    checkWidth(record, columns, problems)
    const cells = MAPPING_COLUMNS.map((name) => record.cells[places.get(name) ?? -1] ?? '')
    return { row: record.row, cells: [(cells[0] ?? '').trim(), ...cells.slice(1)] }
  })
  if (places.has('eventid')) checkKeys(rows, 'eventid', problems)
  for (const { row, cells } of rows)
    for (let place = FIRST_FIELD; place < cells.length; place++)
      checkCell(row, place, cells[place] as string, problems, mandants)
  return { columns: [...MAPPING_COLUMNS], rows: rows.map(({ cells }) => cells) }
}
