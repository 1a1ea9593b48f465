import type { ReadRow } from '@/lib/collection/reading/read-row'
import type { Reject } from '@/lib/collection/reject'
import type { CollectedEvent } from '@/lib/collection/target/to-collected-event'

/** What became of one row. */
export type RowOutcome =
  | { kind: 'event'; event: CollectedEvent }
  | { kind: 'filtered' }
  | { kind: 'rejected'; reject: Reject }

/** The versions that a line is made of: its own, its sub-lines', its tables', by id. */
export type LineVersions = {
  lines: Readonly<Record<string, number>>
  tables: Readonly<Record<string, number>>
}

/** A line ready to run. It holds a sandbox where it has expressions: `close` frees it. */
export type CompiledLine = {
  versions: LineVersions
  /** Columns that a file must have. */
  required: readonly string[]
  /** The columns of files without a header. */
  attributes: readonly string[]
  /** Throws `invalid` where the header lacks a required column, or has one twice. */
  open(header: readonly string[]): RowProcessor
  close(): void
}

/** One outcome a row, in their order. Never throws for what stands in a row; takes the CPU, so give it some hundred rows at a time. */
export type RowProcessor = (rows: readonly ReadRow[]) => RowOutcome[]
