import { Buffer } from 'node:buffer'
import { detectReading } from '@/lib/collection/reading/detect-reading'
import { HEAD_BYTES } from '@/lib/collection/reading/limits'
import { sampleRows } from '@/lib/collection/reading/sample-rows'

/** The first rows of a text; `header` is null where the first row holds values. */
export type TextSample = { header: string[] | null; rows: string[][] }

/**
 * The first rows of a text that somebody pasted, as a file with it would be read. Rows that are no rows are left out,
 * and at most a hundred are given. Throws `invalid` for what is no rows of text.
 */
export function readTextSample(text: string, rows: number): TextSample {
  const { reading, header } = detectReading(Buffer.from(text).subarray(0, HEAD_BYTES), { encoding: 'utf-8' })
  const { delimiter, quote, lineEnd } = reading
  const shape = { delimiter, quote, lineEnd: lineEnd === 'cr' ? ('\r' as const) : ('\n' as const) }
  const read = sampleRows(text.replace(/^\ufeff/, ''), shape, false)
  const below = header ? read.slice(1) : read
  const whole = below.flatMap(({ cells }) => (cells && cells.length > 0 ? [cells] : []))
  return { header, rows: whole.filter((cells) => !header || cells.length === header.length).slice(0, rows) }
}
