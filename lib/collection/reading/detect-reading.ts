import { AppError } from '@/lib/errors/app-error'
import { detectEncoding } from './detect-encoding'
import { detectShape } from './detect-shape'
import { decodeRow, decodeText, ENCODING_NAMES } from './encodings'
import { HEAD_BYTES } from './limits'
import { readHeader } from './read-header'
import type { Reading, ReadingChoice } from './reading'
import { refuseOtherText, refusePacked } from './refuse-other-formats'
import type { SampleRow } from './sample-rows'

export type DetectedReading = {
  reading: Reading
  /** Null where the line names the columns. */
  header: string[] | null
  /** Sentences for people: what may be wrong with it. */
  doubts: string[]
}

/** Numbers, dates, times, addresses: what no column is called. */
const VALUE = /^[-+]?\d[\d.,:/+ TZ-]*$|^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$|^[\da-f]*:[\da-f:]+$/i

/** Whether the first row holds values, as the second does in the same columns. */
function isRowOfValues([first, second]: readonly SampleRow[]): boolean {
  const cells = first?.cells ?? []
  const values = cells.flatMap((cell, place) => (VALUE.test(cell.trim()) ? [place] : []))
  if (values.length === 0) return false
  if (!second) return values.length * 2 >= cells.length
  return values.every((place) => VALUE.test(second.cells?.[place]?.trim() ?? ''))
}

/** Old Macs ended lines with a carriage return alone; one at the very end may be half of a CRLF. */
const detectLineEnd = (text: string): Reading['lineEnd'] =>
  !text.includes('\n') && /\r./s.test(text) ? 'cr' : 'lf'

function detectHeader(rows: readonly SampleRow[], chosen: ReadingChoice['header'], doubts: string[]) {
  if (chosen !== undefined) return chosen
  if (!isRowOfValues(rows)) return 'first'
  doubts.push(
    'The first row holds values, not names, so it is read as a row, and the line names the columns. If it is a header, say so in the silo.',
  )
  return 'none'
}

/** The names in the first row; of a text that was not exact each letter is a byte. */
function headerOf({ line, cells }: SampleRow, exact: boolean, encoding: Reading['encoding']): string[] {
  if (cells === null)
    throw new AppError(
      'invalid',
      `The header, line ${line}, can't be read: a quote is not closed, or text follows one. Mend it, or choose other quotes in the silo.`,
    )
  const names = exact ? cells : cells.map((cell) => decodeName(cell, line, encoding))
  return readHeader(names, line)
}

function decodeName(letters: string, line: number, encoding: Reading['encoding']): string {
  const name = decodeRow(letters, encoding)
  if ('text' in name) return name.text
  throw new AppError(
    'invalid',
    `The header, line ${line}, is not ${ENCODING_NAMES[encoding]}. Choose the right encoding in the silo.`,
  )
}

/** A head that is cut ends with a whole line, so that no letter is cut. */
function wholeLines(head: Buffer): Buffer {
  if (head.length < HEAD_BYTES) return head
  const behind = head.lastIndexOf(10) + 1 || head.lastIndexOf(13) + 1
  if (behind > 0) return head.subarray(0, behind)
  throw new AppError(
    'invalid',
    `The first line has not ended after ${HEAD_BYTES.toLocaleString('en')} bytes. This is not a file of rows.`,
  )
}

/**
 * Finds out from the beginning of a file, `HEAD_BYTES` of it or all, how it is read; what the silo says counts first.
 * Throws `invalid` for what is no rows of text, for an empty file, and for a header that does not name each column.
 */
export function detectReading(head: Buffer, choice: ReadingChoice): DetectedReading {
  refusePacked(head)
  const { encoding, bomBytes, doubts } = detectEncoding(head, choice.encoding)
  const content = head.subarray(bomBytes)
  const { text, exact } = decodeText(encoding.startsWith('utf-16') ? content : wholeLines(content), encoding)
  refuseOtherText(text)
  const lineEnd = detectLineEnd(text)
  const isCut = head.length >= HEAD_BYTES
  const found = detectShape(text, lineEnd === 'cr' ? '\r' : '\n', choice, isCut)
  const [first] = found.rows
  if (!first) throw new AppError('invalid', 'The file is empty: it has no rows, not even a header.')
  doubts.push(...found.doubts)
  const header = detectHeader(found.rows, choice.header, doubts)
  const { delimiter, quote } = found.shape
  const reading: Reading = { encoding, bomBytes, delimiter, quote, header, lineEnd }
  if (header === 'none') return { reading, header: null, doubts }
  if (found.rows.length === 1 && !isCut) doubts.push('There are no rows below the header.')
  return { reading, header: headerOf(first, exact, encoding), doubts }
}
