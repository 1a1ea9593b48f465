/** Rows that a line is tried with; `name` says where they come from, `header` is null where the line names the columns. */
export type LineSample = { name: string; header: string[] | null; rows: string[][] }

/** The names of a sample's columns: its own, those of the line, or made ones. */
export function headerOf({ header, rows }: LineSample, attributes: readonly string[]): string[] {
  if (header) return header
  const width = rows[0]?.length ?? 0
  if (attributes.length === width) return [...attributes]
  return Array.from({ length: width }, (_, at) => `column${at + 1}`)
}

/** As many as `previewLine` takes: enough to see what steps do. */
export const SAMPLE_ROWS = 20
