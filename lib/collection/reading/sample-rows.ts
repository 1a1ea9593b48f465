import { MAX_COLUMNS } from './limits'
import { contentEnd, placeOf, scanQuotedRow } from './scan-quoted-row'

/** Enough rows to see how a file is built. */
const MAX_SAMPLE_ROWS = 100

/** A row's cells, or null where it is broken; `line` from 1. */
export type SampleRow = { line: number; cells: string[] | null }

export type SampleShape = { delimiter: string; quote: string; lineEnd: '\n' | '\r' }

/**
 * The first rows of a text, cut by a shape that is tried. `isCut`: the text goes on behind its end, so a last row
 * without an end is left out.
 */
export function sampleRows(text: string, shape: SampleShape, isCut: boolean): SampleRow[] {
  const rows: SampleRow[] = []
  let line = 1
  for (let at = 0; at < text.length && rows.length < MAX_SAMPLE_ROWS; line++) {
    let end = placeOf(text, shape.lineEnd, at)
    const raw = text.slice(at, contentEnd(text, at, end, shape.lineEnd))
    let cells: string[] | null = null
    if (shape.quote === '' || !raw.includes(shape.quote)) {
      cells = raw.split(shape.delimiter)
    } else {
      const scanned = scanQuotedRow(text, at, { ...shape, columns: MAX_COLUMNS })
      if (scanned.kind === 'row') {
        cells = scanned.cells
        end = scanned.end
      } else if (scanned.kind === 'open' && isCut && rows.length > 0) break
    }
    if (isCut && end === text.length && rows.length > 0) break
    if (raw.trim() !== '' || raw.includes(shape.delimiter)) rows.push({ line, cells })
    for (let next = at; next < end; next++) {
      next = placeOf(text, shape.lineEnd, next)
      if (next < end) line++
    }
    at = end + 1
  }
  return rows
}
