import type { TableContent } from './table'

/** A row of one of two versions. Rows are the same by their first cell. */
export type TableDifference = {
  kind: 'added' | 'removed' | 'changed'
  key: string
  /** Cells that differ; of a row that was added or removed, those that are not blank. */
  cells: { column: string; before: string; after: string }[]
}

/** A later row with a key that was there before is told apart by its number among them: lookups may have such. */
function rowsByKey({ rows }: TableContent): Map<string, string[]> {
  const byKey = new Map<string, string[]>()
  const counts = new Map<string, number>()
  for (const cells of rows) {
    const key = cells[0] ?? ''
    const count = (counts.get(key) ?? 0) + 1
    counts.set(key, count)
    byKey.set(count === 1 ? key : `${key} (${count})`, cells)
  }
  return byKey
}

/** What became of a table between two of its versions: rows in the later one's order, then those that are gone. */
export function diffTables(before: TableContent, after: TableContent): TableDifference[] {
  const columns = [...new Set([...after.columns, ...before.columns])]
  const places = columns.map((name) => [before.columns.indexOf(name), after.columns.indexOf(name)] as const)
  const [old, now] = [rowsByKey(before), rowsByKey(after)]
  const cellsOf = (oldCells: readonly string[], newCells: readonly string[]) =>
    columns.flatMap((column, i) => {
      const [oldPlace, newPlace] = places[i] as readonly [number, number]
      const cell = { column, before: oldCells[oldPlace] ?? '', after: newCells[newPlace] ?? '' }
      return cell.before === cell.after ? [] : [cell]
    })
  const changed = [...now].flatMap(([key, cells]): TableDifference[] => {
    const oldCells = old.get(key)
    if (!oldCells) return [{ kind: 'added', key, cells: cellsOf([], cells) }]
    const differing = cellsOf(oldCells, cells)
    return differing.length > 0 ? [{ kind: 'changed', key, cells: differing }] : []
  })
  const removed = [...old].flatMap(([key, cells]): TableDifference[] =>
    now.has(key) ? [] : [{ kind: 'removed', key, cells: cellsOf(cells, []) }],
  )
  return [...changed, ...removed]
}

export function countDifferences(differences: readonly TableDifference[]) {
  const count = (kind: TableDifference['kind']) => differences.filter((row) => row.kind === kind).length
  return { added: count('added'), removed: count('removed'), changed: count('changed') }
}
