/** A table as it is edited: all rows have as many cells as there are columns. Never changed in place. */
export type Grid = { columns: readonly string[]; rows: readonly (readonly string[])[] }

/** A cell, from 0. */
export type Place = { row: number; column: number }
/** All cells between two corners, both of them included. */
export type Area = { from: Place; to: Place }

export function areaOf(a: Place, b: Place): Area {
  return {
    from: { row: Math.min(a.row, b.row), column: Math.min(a.column, b.column) },
    to: { row: Math.max(a.row, b.row), column: Math.max(a.column, b.column) },
  }
}

export const cellAt = (grid: Grid, { row, column }: Place): string => grid.rows[row]?.[column] ?? ''

/** Rows of another length get blanks at their end, or lose what has no column. */
export function squareGrid(columns: readonly string[], rows: readonly (readonly string[])[]): Grid {
  const width = columns.length
  return {
    columns,
    rows: rows.map((row) => (row.length === width ? row : columns.map((_, at) => row[at] ?? ''))),
  }
}

/**
 * Writes cells from a place on, as pasted: rows that are missing are added, what has no column is left out. One
 * cell fills the whole area.
 */
export function writeCells(grid: Grid, area: Area, cells: readonly (readonly string[])[]): Grid {
  const only = cells.length === 1 && cells[0]?.length === 1 ? cells[0][0] : undefined
  const height = only === undefined ? cells.length : area.to.row - area.from.row + 1
  const rows = [...grid.rows]
  for (let down = 0; down < height; down++) {
    const at = area.from.row + down
    const row = [...(rows[at] ?? grid.columns.map(() => ''))]
    const texts = only === undefined ? (cells[down] ?? []) : fill(only, area)
    texts.forEach((text, right) => {
      if (area.from.column + right < row.length) row[area.from.column + right] = text
    })
    rows[at] = row
  }
  return { ...grid, rows }
}

const fill = (text: string, { from, to }: Area) =>
  Array.from({ length: to.column - from.column + 1 }, () => text)

export function cutOut({ rows }: Grid, { from, to }: Area): string[][] {
  return rows.slice(from.row, to.row + 1).map((row) => row.slice(from.column, to.column + 1))
}

export function addRow(grid: Grid, at: number): Grid {
  return {
    ...grid,
    rows: grid.rows.toSpliced(
      at,
      0,
      grid.columns.map(() => ''),
    ),
  }
}

export function removeRows(grid: Grid, from: number, to: number): Grid {
  return { ...grid, rows: grid.rows.toSpliced(from, to - from + 1) }
}

export function addColumn({ columns, rows }: Grid, at: number, name: string): Grid {
  return { columns: columns.toSpliced(at, 0, name), rows: rows.map((row) => row.toSpliced(at, 0, '')) }
}

export function removeColumn({ columns, rows }: Grid, at: number): Grid {
  return { columns: columns.toSpliced(at, 1), rows: rows.map((row) => row.toSpliced(at, 1)) }
}

export function renameColumn(grid: Grid, at: number, name: string): Grid {
  return { ...grid, columns: grid.columns.with(at, name) }
}

/** The next cell with the text in it, any case, row by row after a place; from the end on from the beginning. */
export function findCell({ columns, rows }: Grid, text: string, after: Place): Place | undefined {
  const wanted = text.toLowerCase()
  const count = rows.length * columns.length
  const start = after.row * columns.length + after.column + 1
  for (let step = 0; step < count; step++) {
    const at = (start + step) % count
    const place = { row: Math.floor(at / columns.length), column: at % columns.length }
    if (rows[place.row]?.[place.column]?.toLowerCase().includes(wanted)) return place
  }
  return undefined
}
