import type { LoadedTable } from '@/lib/collection/tables/table'
import { shownValue } from '@/lib/collection/target/reject-value'
import type { RowOutcome } from './compiled-line'
import type { Step } from './definition'
import type { LiveRow, Places, Stage } from './live-row'

type JoinStep = Extract<Step, { kind: 'join' }>

/** Adds columns of the table's row with the same key; of several the first one. A blank key has no row. */
export function joinStage(step: JoinStep, table: LoadedTable, places: Places, where: string): Stage {
  const keyPlace = places.find(step.attribute)
  const keyColumn = table.columns.indexOf(step.keyColumn)
  const columns = step.add.map(({ column }) => table.columns.indexOf(column))
  const found = new Map<string, string[]>()
  for (const row of table.rows) {
    const key = row[keyColumn] ?? ''
    if (key !== '' && !found.has(key))
      found.set(
        key,
        columns.map((column) => row[column] ?? ''),
      )
  }
  const targets = step.add.map(({ attribute }) => places.add(attribute))
  const blank = columns.map(() => '')

  return (rows, settle) => {
    const stay: LiveRow[] = []
    for (const row of rows) {
      const key = row.cells[keyPlace] ?? ''
      const values = found.get(key)
      if (!values && step.missing !== 'blank') {
        settle(row.at, withoutMatch(step, key, table, where))
        continue
      }
      for (let n = 0; n < targets.length; n++)
        row.cells[targets[n] as number] = (values ?? blank)[n] as string
      stay.push(row)
    }
    return stay
  }
}

function withoutMatch(step: JoinStep, key: string, table: LoadedTable, where: string): RowOutcome {
  if (step.missing === 'filter') return { kind: 'filtered' }
  const value = shownValue(key)
  const reason =
    key === ''
      ? `${where}: ${step.attribute} is blank, so that no row of the table ${table.name} belongs to it.`
      : `${where}: the table ${table.name} has no row whose ${step.keyColumn} is ${value}. Add one.`
  return { kind: 'rejected', reject: { code: 'no_match', reason, column: step.attribute, value } }
}
