/** What a table is for: event properties and log attributes of log processing, or columns that rows are joined with. */
export const TABLE_KINDS = ['properties', 'mapping', 'lookup'] as const
export type TableKind = (typeof TABLE_KINDS)[number]

/** Cells of a table. Every row has as many as there are columns; blank is no value. */
export type TableContent = { columns: string[]; rows: string[][] }

/**
 * What is wrong with a table, for people. `row` is that of the table, from 1: the header is 1, the first row below it
 * is 2. A `warning` lets the table be saved: rows that it is used for will be rejected.
 */
export type TableProblem = {
  row: number
  column?: string
  detail: string
  severity: 'error' | 'warning'
}

/** A table as lists show it. */
export type TableView = {
  id: string
  kind: TableKind
  name: string
  note: string
  /** The newest version, from 1. */
  version: number
  /** Rows below the header. */
  rows: number
  /** Lines whose newest version uses it. */
  usedBy: { id: string; name: string }[]
  createdAt: Date
  updatedAt: Date
}

/** One version of a table with its cells. */
export type TableDetail = Omit<TableView, 'rows'> & {
  /** The version that `columns` and `rows` are of. */
  shownVersion: number
  savedBy: string
  savedAt: Date
  columns: string[]
  rows: string[][]
  /** Warnings: what was wrong enough to be refused is in no version. */
  problems: TableProblem[]
}

/** What a table contained from a time on. */
export type TableVersionView = {
  version: number
  rows: number
  /** Of the content, lower-case hex. */
  sha256: string
  savedBy: string
  savedAt: Date
}

/** What saving a table answers. `isNew` is false where it contained exactly this already: no version was added. */
export type SavedTable = { id: string; version: number; isNew: boolean; problems: TableProblem[] }

/** A table as lines use it. */
export type LoadedTable = TableContent & { id: string; kind: TableKind; name: string; version: number }
