import type { Grid } from './grid'

/** What is different, in words; empty where nothing is. Rows are known by their first cell. */
export function changeWords(before: Grid, after: Grid): string {
  const parts: string[] = []
  const added = after.columns.filter((name) => !before.columns.includes(name)).length
  const removed = before.columns.filter((name) => !after.columns.includes(name)).length
  if (added > 0) parts.push(`${count(added, 'column')} added`)
  if (removed > 0) parts.push(`${count(removed, 'column')} removed`)
  const rows = countRows(before, after)
  if (rows.added > 0) parts.push(`${count(rows.added, 'row')} added`)
  if (rows.changed > 0) parts.push(`${count(rows.changed, 'row')} changed`)
  if (rows.removed > 0) parts.push(`${count(rows.removed, 'row')} removed`)
  if (parts.length === 0 && before !== after && !isSame(before, after)) parts.push('the order changed')
  return parts.join(', ')
}

const count = (number: number, word: string) =>
  `${number.toLocaleString('en')} ${word}${number === 1 ? '' : 's'}`

const textOf = ({ columns }: Grid, row: readonly string[]) =>
  JSON.stringify(columns.map((name, at) => [name, row[at]]).sort())

const isSame = (a: Grid, b: Grid) =>
  a.rows.length === b.rows.length && a.rows.every((row, at) => textOf(a, row) === textOf(b, b.rows[at] ?? []))

function countRows(before: Grid, after: Grid): { added: number; changed: number; removed: number } {
  const old = new Map<string, string[]>()
  for (const row of before.rows) {
    const texts = old.get(row[0] ?? '') ?? []
    old.set(row[0] ?? '', [...texts, textOf(before, row)])
  }
  const isWider = before.columns.length !== after.columns.length
  let [added, changed] = [0, 0]
  for (const row of after.rows) {
    const same = old.get(row[0] ?? '')?.shift()
    if (same === undefined) added++
    // Every row has the cells of a new column: that was said already.
    else if (!isWider && same !== textOf(after, row)) changed++
  }
  const removed = [...old.values()].reduce((sum, rest) => sum + rest.length, 0)
  return { added, changed, removed }
}
