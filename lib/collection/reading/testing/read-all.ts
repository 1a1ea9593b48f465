import type { ReadRow, RowBatch } from '@/lib/collection/reading/read-row'
import { type ReadRowsInput, readRows } from '@/lib/collection/reading/read-rows'

/** A file in pieces of these sizes, over and over. */
export async function* inPieces(bytes: Buffer, sizes: readonly number[]): AsyncGenerator<Buffer> {
  for (let at = 0, i = 0; at < bytes.length; i++) {
    const size = sizes[i % sizes.length] as number
    yield bytes.subarray(at, at + size)
    at += size
  }
}

export async function readBatches(
  bytes: AsyncIterable<Buffer>,
  input: Partial<ReadRowsInput> & Pick<ReadRowsInput, 'reading' | 'columns'>,
): Promise<RowBatch[]> {
  const batches: RowBatch[] = []
  const whole = { from: { byte: 0, line: 0 }, maxRows: 1000, maxBytes: 1 << 20 }
  for await (const batch of readRows(bytes, { ...whole, ...input })) batches.push(batch)
  return batches
}

export async function readAll(
  content: Buffer,
  input: Partial<ReadRowsInput> & Pick<ReadRowsInput, 'reading' | 'columns'>,
  sizes: readonly number[] = [1 << 16],
): Promise<ReadRow[]> {
  const batches = await readBatches(inPieces(content, sizes), input)
  return batches.flatMap(({ rows }) => rows)
}
