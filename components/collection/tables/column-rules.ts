import type { TableKind } from '@/lib/collection/tables/table'
import { addColumn, type Grid, removeColumn } from './grid'
import { PROPERTY_COLUMNS } from './kind-texts'

/** The table with one column more; undefined where its kind has exactly those that it has. */
export function withColumn(kind: TableKind, grid: Grid, after: number): Grid | undefined {
  const { columns } = grid
  if (kind === 'mapping') return undefined
  // Numbered from 1 on, in their order: a further one can only be the last.
  if (kind === 'properties')
    return addColumn(grid, columns.length, String(columns.length - PROPERTY_COLUMNS.length + 1))
  let number = columns.length + 1
  while (columns.includes(`column${number}`)) number++
  return addColumn(grid, after + 1, `column${number}`)
}

/** The table without a column, and which one it is; undefined where none can go. */
export function withoutColumn(
  kind: TableKind,
  grid: Grid,
  at: number,
): { grid: Grid; name: string } | undefined {
  const { columns } = grid
  if (kind === 'mapping' || columns.length <= 1) return undefined
  const gone = kind === 'properties' ? columns.length - 1 : at
  if (kind === 'properties' && gone < PROPERTY_COLUMNS.length) return undefined
  return { grid: removeColumn(grid, gone), name: columns[gone] ?? '' }
}
