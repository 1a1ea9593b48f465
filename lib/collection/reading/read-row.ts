import type { Reject } from '@/lib/collection/reject'

/**
 * A row of a file. `line` is that of its first line, from 1; `raw` the row as it stands there, without its end, or
 * null where it is longer than what is kept.
 */
export type ReadRow =
  | { line: number; raw: string; cells: string[] }
  | { line: number; raw: string | null; reject: Reject }

/** Rows in their order. What comes before `readBytes` of the content, and `readLines` of its lines, is in them or in batches before. */
export type RowBatch = { rows: ReadRow[]; readBytes: number; readLines: number }
