import type { TableRecord } from './parse-cells'
import type { ProblemList } from './problem-list'

/** The first cell of each row is its key: neither blank nor there twice. */
export function checkKeys(records: readonly TableRecord[], column: string, problems: ProblemList): void {
  const seen = new Map<string, number>()
  for (const { row, cells } of records) {
    const [key = ''] = cells
    const before = seen.get(key)
    if (key === '') problems.error(row, column, `The row has no ${column}.`)
    else if (before !== undefined)
      problems.error(row, column, `Event ${key} is in row ${before} already. Keep one of the two.`)
    else seen.set(key, row)
  }
}
