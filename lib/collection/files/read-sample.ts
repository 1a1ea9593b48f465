import { inTenant } from '@/lib/access/in-tenant'
import { requirePermission, type TenantScope } from '@/lib/access/scope'
import { type DetectedReading, detectReading } from '@/lib/collection/reading/detect-reading'
import { decodeText } from '@/lib/collection/reading/encodings'
import { readRows } from '@/lib/collection/reading/read-rows'
import type { Reading, ReadingChoice } from '@/lib/collection/reading/reading'
import { sampleRows } from '@/lib/collection/reading/sample-rows'
import type { Reject } from '@/lib/collection/reject'
import { parseInput } from '@/lib/errors/parse-input'
import { type FileRow, findFile } from './find-file'
import { type ReadSample, readSampleSchema } from './input'
import { readFileBytes } from './read-file-bytes'
import { readHead } from './read-head'

/** Rows of a sample may be long, and somebody waits for them. */
const MAX_SAMPLE_BYTES = 2 ** 20
/** Rows that can't be read stand beside as many as are asked for. */
const MAX_PROBLEMS = 100

export type FileSample = {
  reading: Reading
  /** Null where the line names the columns; the rows then have as many cells as the first one. */
  header: string[] | null
  rows: string[][]
  /** Rows among them that can't be read. */
  problems: ({ line: number } & Reject)[]
  /** Sentences for people: what may be wrong with how the file is read. */
  doubts: string[]
}

/**
 * The first rows of a file, as a run would read them. Throws `not_found`, `invalid` where it is no table of rows, and
 * `conflict` where its content is forgotten.
 */
export async function readSample(scope: TenantScope, input: ReadSample): Promise<FileSample> {
  requirePermission(scope, 'collection:read')
  const { rows: maxRows, ...named } = parseInput(readSampleSchema, input)
  const { silo, file } = await inTenant(scope, (tx) => findFile(tx, scope, named))
  const head = await readHead(scope, file.id)
  const { reading, header, doubts } = howItIsRead(head, file, silo.reading as ReadingChoice)
  const sample: FileSample = { reading, header, rows: [], problems: [], doubts }
  const columns = header ?? numberedColumns(head, reading)
  const batches = readRows(readFileBytes(scope, file.id), {
    reading,
    columns,
    from: { byte: 0, line: 0 },
    maxRows,
    maxBytes: MAX_SAMPLE_BYTES,
  })
  let bytes = 0
  for await (const batch of batches) {
    for (const row of batch.rows) {
      if ('cells' in row) sample.rows.push(row.cells)
      else sample.problems.push({ line: row.line, ...row.reject })
    }
    bytes = batch.readBytes
    if (sample.rows.length >= maxRows || sample.problems.length >= MAX_PROBLEMS) break
    if (bytes >= MAX_SAMPLE_BYTES) break
  }
  return { ...sample, rows: sample.rows.slice(0, maxRows) }
}

/** A file that was begun is read on as it was; all others by what the silo says now. */
function howItIsRead(head: Buffer, file: FileRow, choice: ReadingChoice): DetectedReading {
  if (file.readBytes === 0 || !file.reading) return detectReading(head, choice)
  return { reading: file.reading as Reading, header: file.header, doubts: [] }
}

/** As many as the first row has cells. */
function numberedColumns(head: Buffer, { encoding, bomBytes, delimiter, quote, lineEnd }: Reading): string[] {
  const { text } = decodeText(head.subarray(bomBytes), encoding)
  const shape = { delimiter, quote, lineEnd: lineEnd === 'cr' ? '\r' : '\n' } as const
  const [first] = sampleRows(text, shape, false)
  return (first?.cells ?? ['']).map((_, place) => `${place + 1}`)
}
