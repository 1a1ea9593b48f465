import { bytesOfText, type DecodedText, decodeRow, ENCODING_NAMES } from './encodings'
import { MAX_ROW_BYTES } from './limits'
import { parseRaw, rowShape } from './parse-raw'
import type { ReadRow } from './read-row'
import type { Reading } from './reading'
import { rejectEncoding, rejectLongRow } from './row-rejects'
import { contentEnd, placeOf, scanQuotedRow } from './scan-quoted-row'

/** Whole lines of a file, decoded. */
export type Block = { decoded: DecodedText; hasNul: boolean }

/** How far it is cut into rows: letters of the block, and lines of the file. */
export type CutPlace = { at: number; line: number }

/** How much is wanted. `isLast`: nothing behind the block can close a quote that is open at its end. */
export type CutRoom = { rows: number; letters: number; isLast: boolean }

/** Cuts on until there is no room for more. `isOpen`: the row at that place may go on behind the block. */
export type RowCutter = (
  block: Block,
  from: CutPlace,
  rows: ReadRow[],
  room: CutRoom,
) => CutPlace & { isOpen: boolean }

/** What is shown of a row that is too long; the rest is cut off there. */
const SHOWN_LETTERS = 1000

/** A letter takes three bytes at most, so that most rows need no count. */
function isTooLong({ decoded }: Block, from: number, to: number): boolean {
  return (to - from) * 3 > MAX_ROW_BYTES && bytesOfText(decoded, from, to) > MAX_ROW_BYTES
}

function countLineEnds(text: string, from: number, to: number, lineEnd: string): number {
  let ends = 0
  for (let at = text.indexOf(lineEnd, from); at >= 0 && at < to; at = text.indexOf(lineEnd, at + 1)) ends++
  return ends
}

/** Blanks alone are no row either: editors leave them behind. */
const isBlank = (raw: string, delimiter: string) =>
  raw === '' || (raw.charCodeAt(0) <= 32 && raw.trim() === '' && !raw.includes(delimiter))

/** A row of a block that can't be taken as it is: what is right in it, or what is wrong. */
function judgeRow(
  line: number,
  letters: string,
  exact: boolean,
  reading: Reading,
  columns: readonly string[],
): ReadRow {
  const decoded = exact ? { text: letters } : decodeRow(letters, reading.encoding)
  if ('badByte' in decoded) {
    const cells = letters.split(reading.delimiter)
    const cell = cells.findIndex((value) => 'badByte' in decodeRow(value, reading.encoding))
    const place = { byte: decoded.badByte, encoding: ENCODING_NAMES[reading.encoding], cell }
    return { line, raw: null, reject: rejectEncoding(place, cells[cell] ?? letters, columns) }
  }
  const cells = parseRaw(decoded.text, reading, columns)
  if (Array.isArray(cells)) return { line, raw: decoded.text, cells }
  return { line, raw: cells.code === 'nul_byte' ? null : decoded.text, reject: cells }
}

/**
 * Makes the function that cuts a file's blocks into rows. It goes on after every row that is wrong: where a quote that
 * opens in a line is not closed as it should be, that line alone is wrong.
 */
export function rowCutter(reading: Reading, columns: readonly string[]): RowCutter {
  const shape = rowShape(reading, columns)
  const { delimiter, quote, lineEnd } = shape
  return (block, from, rows, room) => {
    const { text, exact } = block.decoded
    const stop = Math.min(text.length, from.at + room.letters)
    let { at, line } = from
    let nextQuote = -1
    while (at < stop && rows.length < room.rows) {
      const lineStop = placeOf(text, lineEnd, at)
      let end = lineStop
      let raw = text.slice(at, contentEnd(text, at, end, lineEnd))
      let cells: string[] | undefined
      if (nextQuote < at) nextQuote = quote === '' ? text.length : placeOf(text, quote, at)
      const isLong = isTooLong(block, at, at + raw.length)
      if (nextQuote >= end && !isLong) {
        cells = raw.split(delimiter)
      } else if (!isLong) {
        const scanned = scanQuotedRow(text, at, shape)
        if (scanned.kind === 'open' && !room.isLast && !isTooLong(block, at, text.length))
          return { at, line, isOpen: true }
        if (scanned.kind === 'row' && !isTooLong(block, at, scanned.end)) {
          cells = scanned.cells
          end = scanned.end
          if (end > lineStop) raw = text.slice(at, contentEnd(text, at, end, lineEnd))
        }
      }
      line++
      if (isLong) rows.push({ line, raw: null, reject: rejectLongRow(raw.slice(0, SHOWN_LETTERS)) })
      else if (!isBlank(raw, delimiter)) {
        const isSound = exact && cells?.length === columns.length && !(block.hasNul && raw.includes('\0'))
        rows.push(cells && isSound ? { line, raw, cells } : judgeRow(line, raw, exact, reading, columns))
      }
      if (end > lineStop) line += countLineEnds(text, at, end, lineEnd)
      at = Math.min(end + 1, text.length)
    }
    return { at, line, isOpen: false }
  }
}
