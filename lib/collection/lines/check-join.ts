import type { LoadedTable } from '@/lib/collection/tables/table'
import { nearestName } from '@/lib/event/nearest-name'
import type { Step } from './definition'
import type { LineProblem } from './line-view'
import type { RowAttributes } from './row-attributes'

type JoinStep = Extract<Step, { kind: 'join' }>

/** What is wrong with a join; adds its attributes. */
export function checkJoin(
  step: JoinStep,
  path: LineProblem['path'],
  attributes: RowAttributes,
  table: LoadedTable | undefined,
): LineProblem[] {
  const problems: LineProblem[] = []
  if (!attributes.has(step.attribute))
    problems.push({ path: [...path, 'attribute'], message: attributes.unknown(step.attribute) })
  for (const { attribute } of step.add) attributes.add(attribute)
  for (const [at, { attribute }] of step.add.entries())
    if (step.add.findIndex((other) => other.attribute === attribute) < at) {
      const message = `The attribute ${attribute} is added twice. Give one another name.`
      problems.push({ path: [...path, 'add', at, 'attribute'], message })
    }
  return [...problems, ...checkTable(step, path, table)]
}

function checkTable(
  step: JoinStep,
  path: LineProblem['path'],
  table: LoadedTable | undefined,
): LineProblem[] {
  const problems: LineProblem[] = []
  const say = (place: LineProblem['path'], message: string) =>
    problems.push({ path: [...path, ...place], message })
  if (!table) say(['tableId'], 'There is no such table any more. Choose another one.')
  else if (table.kind !== 'lookup')
    say(
      ['tableId'],
      `Rows are joined with a table to look things up in, and ${table.name} is of another kind.`,
    )
  if (table?.kind !== 'lookup') return problems
  const checkColumn = (name: string, place: LineProblem['path']) => {
    if (table.columns.includes(name)) return
    const near = nearestName(name, table.columns)
    const known = near ? `Did you mean ${near}?` : `It has ${table.columns.slice(0, 20).join(', ')}.`
    say(place, `The table ${table.name} has no column ${name}. ${known}`)
  }
  checkColumn(step.keyColumn, ['keyColumn'])
  for (const [at, { column }] of step.add.entries()) checkColumn(column, ['add', at, 'column'])
  const double = findDouble(table, step.keyColumn)
  if (double) {
    const message = `The table ${table.name} has ${step.keyColumn} ${double.key} in rows ${double.first} and ${double.second}: the first one counts.`
    problems.push({ path: [...path, 'keyColumn'], message, isWarning: true })
  }
  return problems
}

/** The first key that two rows of a table have. The header is row 1. */
function findDouble({ columns, rows }: LoadedTable, keyColumn: string) {
  const place = columns.indexOf(keyColumn)
  if (place < 0) return undefined
  const seen = new Map<string, number>()
  for (const [at, cells] of rows.entries()) {
    const key = cells[place] ?? ''
    const first = seen.get(key)
    if (first !== undefined && key !== '') return { key, first, second: at + 2 }
    seen.set(key, at + 2)
  }
  return undefined
}
