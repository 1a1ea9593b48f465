import type { Reject } from '@/lib/collection/reject'
import type { Reading } from './reading'
import { rejectCellCount, rejectNulByte, rejectStrayQuote, rejectUnclosedQuote } from './row-rejects'
import { type RowShape, scanQuotedRow } from './scan-quoted-row'

export function rowShape({ delimiter, quote, lineEnd }: Reading, columns: readonly string[]): RowShape {
  return { delimiter, quote, lineEnd: lineEnd === 'cr' ? '\r' : '\n', columns: columns.length }
}

/** The cells of one row's text, whatever their number, or why there are none. */
function cutRow(raw: string, shape: RowShape, columns: readonly string[]): string[] | Reject {
  if (shape.quote === '' || !raw.includes(shape.quote)) return raw.split(shape.delimiter)
  const scanned = scanQuotedRow(raw, 0, shape)
  if (scanned.kind === 'row' && scanned.end === raw.length) return scanned.cells
  const { cell, at } = scanned.kind === 'row' ? { cell: 0, at: 0 } : scanned
  const reject = scanned.kind === 'stray' ? rejectStrayQuote : rejectUnclosedQuote
  return reject(raw.slice(at), cell, columns)
}

/**
 * One row as it was kept, read again: its cells, as many as there are columns, or why it can't be read. Gives the same
 * as the reader gave for it, as long as the file's reading is the same.
 */
export function parseRaw(raw: string, reading: Reading, columns: readonly string[]): string[] | Reject {
  const cells = cutRow(raw, rowShape(reading, columns), columns)
  if (raw.includes('\0')) return rejectNulByte(Array.isArray(cells) ? cells : [raw], columns)
  if (!Array.isArray(cells)) return cells
  return rejectCellCount(cells, columns, reading.delimiter) ?? cells
}
