import type { Grid } from './grid'

/** Of the literal font, with what stands around a cell's text. */
const LETTER_PX = 7.3
const PADDING_PX = 20
const MIN_PX = 72
/** What is longer is read below the grid, or while it is written. */
const MAX_PX = 280
const ROWS_LOOKED_AT = 100

/** Wide enough for the name and for most of what stands below it. */
export function columnWidths({ columns, rows }: Grid): number[] {
  const some = rows.slice(0, ROWS_LOOKED_AT)
  return columns.map((name, at) => {
    const letters = Math.max(name.length, ...some.map((row) => row[at]?.length ?? 0))
    return Math.round(Math.max(MIN_PX, Math.min(MAX_PX, letters * LETTER_PX + PADDING_PX)))
  })
}
