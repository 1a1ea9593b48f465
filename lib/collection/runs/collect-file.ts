import { readFileBytes } from '@/lib/collection/files/read-file-bytes'
import type { RowBatch } from '@/lib/collection/reading/read-row'
import { type ReadRowsInput, readRows } from '@/lib/collection/reading/read-rows'
import { type Chunk, commitChunk, type Position } from './commit-chunk'
import { type MappedRows, mapRows, type RowsOf } from './map-rows'
import { openFile } from './open-file'
import { finishFile, type WaitingFile } from './run-files'
import { checkWork, type RunWork } from './run-work'
import { waitForSeal } from './wait-for-seal'

/** Rows of a chunk: twice a flush of `append`, as each also moves run and file on. More hold the trail's counter longer. */
const MAX_CHUNK_ROWS = 1000
/** Their bytes in the file. */
const MAX_CHUNK_BYTES = 1024 * 1024
/** As events they may have a hundred times as many: then the next chunk has fewer rows, down to so few, and the first one too. */
const MAX_EVENT_BYTES = 8 * 1024 * 1024
const MIN_CHUNK_ROWS = 20
const FIRST_CHUNK_ROWS = 200
/** Events that waited longer for the sealer or the database are received anew: theirs must not be an old moment. */
const MAX_RECEIVED_MS = 15_000

/** Rows that become as much as a chunk may have, if they are like those before. */
function rowsOfNext({ events }: MappedRows): number {
  const bytes = events.reduce((sum, { b }) => sum + b.length, 0)
  if (bytes === 0) return MAX_CHUNK_ROWS
  const rows = Math.floor((MAX_EVENT_BYTES * events.length) / bytes)
  return Math.min(MAX_CHUNK_ROWS, Math.max(MIN_CHUNK_ROWS, rows))
}

/** Reads a file on from where it was committed to its end. Throws `AppError` where the file can't be read. */
export async function collectFile(work: RunWork, file: WaitingFile): Promise<void> {
  const { scope, run, line } = work
  const { reading, columns } = await openFile(work, file)
  const process = line.open(columns)
  const of: RowsOf = { owner: work.owner, origin: `silo:${run.silo.name}`, sha256: file.sha256 }
  let at: Position = { byte: file.readBytes, line: file.readLines }
  const wanted: ReadRowsInput = {
    ...{ reading, columns, from: at },
    ...{ maxRows: FIRST_CHUNK_ROWS, maxBytes: MAX_CHUNK_BYTES },
  }
  const batches = readRows(readFileBytes(scope, file.id, at.byte), wanted)
  let committing: Promise<void> | undefined
  try {
    for await (const batch of batches) {
      checkWork(work)
      const chunk = await mapChunk(batch, file, at)
      at = chunk.to
      wanted.maxRows = rowsOfNext(chunk.mapped)
      await committing
      committing = commit(chunk, batch)
      // It is awaited with the next chunk; an error must not be nobody's until then.
      committing.catch(() => {})
    }
  } finally {
    await committing
  }
  checkWork(work)
  await finishFile(scope, run, file.id)

  async function mapChunk(batch: RowBatch, { id, settles }: WaitingFile, from: Position): Promise<Chunk> {
    const to = { byte: batch.readBytes, line: batch.readLines }
    return { fileId: id, from, to, settles, mapped: await mapRows(process, batch.rows, of) }
  }

  async function commit(chunk: Chunk, batch: RowBatch): Promise<void> {
    await waitForSeal(work)
    const isStale = performance.now() - chunk.mapped.atMs > MAX_RECEIVED_MS
    const mapped = isStale ? await mapRows(process, batch.rows, of) : chunk.mapped
    work.note(await commitChunk(scope, run, { ...chunk, mapped }, work.trust))
  }
}
