import type { Reading } from '@/lib/collection/reading/reading'

/** Cells that mean something else unless they are quoted. */
const needsQuotes = (cell: string, { delimiter, quote }: Reading) =>
  cell.includes(delimiter) ||
  cell.startsWith(quote) ||
  /[\r\n]/.test(cell) ||
  cell.trim() !== cell ||
  cell === ''

/** Rows as a file has them, RFC 4180; every cell is quoted where `quotesAll` says so. */
export function writeCsv(
  rows: readonly (readonly string[])[],
  reading: Reading,
  { lineEnd = '\n', quotesAll = false, lastEnd = true } = {},
): string {
  const { delimiter, quote } = reading
  const write = (cell: string) =>
    quote !== '' && (quotesAll || needsQuotes(cell, reading))
      ? quote + cell.replaceAll(quote, quote + quote) + quote
      : cell
  const text = rows.map((row) => row.map(write).join(delimiter)).join(lineEnd)
  return lastEnd ? text + lineEnd : text
}

/** windows-1252 of its ASCII and its upper half, which is as in ISO 8859-1. */
export function encodeText(text: string, { encoding, bomBytes }: Reading): Buffer {
  const marked = bomBytes > 0 ? `\ufeff${text}` : text
  if (encoding === 'latin1') return Buffer.from(text, 'latin1')
  if (encoding === 'utf-8') return Buffer.from(marked)
  const bytes = Buffer.from(marked, 'utf16le')
  return encoding === 'utf-16le' ? bytes : bytes.swap16()
}
