/** What rows are cut by. `quote` is empty where quotes are letters as all others. */
export type RowShape = { delimiter: string; quote: string; lineEnd: '\n' | '\r'; columns: number }

/**
 * A row with quotes in it. `end` is where its last line ends, without the line's end. Else the cell numbered `cell`,
 * from 0, that begins at `at` is wrong: `open`, the text ends before its quote is closed; `stray`, text follows its
 * closing quote; `lost`, it is in no column by far.
 */
export type ScannedRow =
  | { kind: 'row'; cells: string[]; end: number }
  | { kind: 'open' | 'stray' | 'lost'; cell: number; at: number }

/**
 * Cells beyond the columns after which a row of many lines is given up. Each line that looks like the beginning of such
 * a row costs it one cell at least, so no file can have the same text looked through more often than it has columns.
 */
const MAX_SURPLUS_CELLS = 100

/** Where a letter stands from a place on, or the text's end. */
export function placeOf(text: string, letter: string, from: number): number {
  const at = text.indexOf(letter, from)
  return at < 0 ? text.length : at
}

/** The end of a line's content: where lines end with LF, carriage returns before it belong to the end. */
export function contentEnd(text: string, start: number, end: number, lineEnd: string): number {
  let at = end
  if (lineEnd === '\n') while (at > start && text.charCodeAt(at - 1) === 13) at--
  return at
}

/** Where the quote closes that opened before `from`, or -1. Two quotes are one letter of the cell. */
function closingQuote(text: string, from: number, quote: string): number {
  for (let at = text.indexOf(quote, from); at >= 0; at = text.indexOf(quote, at + 2)) {
    if (text[at + 1] !== quote) return at
  }
  return -1
}

/**
 * Cuts one row of a text from `start` on, as RFC 4180 says: quoted cells may hold delimiters, line ends and doubled
 * quotes. A quote within an unquoted cell is a letter. The text ends with a line's end, or where the file ends.
 */
export function scanQuotedRow(text: string, start: number, shape: RowShape): ScannedRow {
  const { delimiter, quote, lineEnd } = shape
  const cells: string[] = []
  let at = start
  let lineStart = start
  let end = placeOf(text, lineEnd, start)
  let line = text.slice(start, end)
  for (;;) {
    if (at < end && text[at] === quote) {
      const close = closingQuote(text, at + 1, quote)
      if (close < 0) return { kind: 'open', cell: cells.length, at }
      const value = text.slice(at + 1, close)
      cells.push(value.includes(quote) ? value.replaceAll(quote + quote, quote) : value)
      if (close > end) {
        if (cells.length > shape.columns + MAX_SURPLUS_CELLS)
          return { kind: 'lost', cell: cells.length - 1, at }
        lineStart = close
        end = placeOf(text, lineEnd, close)
        line = text.slice(close, end)
      }
      const behind = close + 1
      if (behind >= contentEnd(text, behind, end, lineEnd)) return { kind: 'row', cells, end }
      if (text[behind] !== delimiter) return { kind: 'stray', cell: cells.length - 1, at }
      at = behind + 1
    } else {
      const next = line.indexOf(delimiter, at - lineStart)
      if (next < 0) {
        cells.push(text.slice(at, contentEnd(text, at, end, lineEnd)))
        return { kind: 'row', cells, end }
      }
      cells.push(text.slice(at, lineStart + next))
      at = lineStart + next + 1
    }
  }
}
