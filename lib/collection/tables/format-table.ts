/** A table as somebody has it who does not change it. */
type ReadonlyTable = { columns: readonly string[]; rows: readonly (readonly string[])[] }

const NEEDS_QUOTES = /[";\r\n]/

const toCell = (value: string) => (NEEDS_QUOTES.test(value) ? `"${value.replaceAll('"', '""')}"` : value)

/** A row of one blank cell would be an empty line, which readers pass over. */
const toLine = (cells: readonly string[]) => cells.map(toCell).join(';') || '""'

/** A table as it is kept and exported: separated by semicolons, lines end with LF, quotes only where they are needed. */
export function formatTable({ columns, rows }: ReadonlyTable): string {
  return [columns, ...rows].map((cells) => `${toLine(cells)}\n`).join('')
}
