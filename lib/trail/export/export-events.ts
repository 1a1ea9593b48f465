import { requirePermission, type TenantScope } from '@/lib/access/scope'
import type { TrailFilter } from '@/lib/trail/filter'
import { readFilteredHead } from '@/lib/trail/filtered-head'
import { type ExportPiece, streamExport } from './export-run'
import type { ExportRequest } from './input'
import { matchLines } from './match-lines'
import { type MatchingChunk, readChunks } from './read-chunks'
import { type ExportFacts, recordExport, recordExportStart } from './record-export'
import { endExport, registerExport } from './running-exports'
import { type FormatWriter, formatWriter } from './write-format'

/** A file on its way: the events of `firstSeq` to `throughSeq` that pass. */
export type Export = { firstSeq: number; throughSeq: number; body: ReadableStream<Uint8Array> }

/**
 * Exactly the events that pass the filter and are in the trail at this moment, as a stream of constant memory
 * that is read from the database as fast as it is consumed, and that errors if it can't be completed. Its start
 * and its end become events of the trail. `id` is its name for `findExport`; `recheck` throws once whoever asked
 * may not read any more, and then it breaks off.
 * Throws `rate_limited` where too many run, `conflict` for an id in use.
 */
export async function exportEvents(
  scope: TenantScope,
  filter: TrailFilter,
  request: ExportRequest,
  id?: string,
  recheck: () => Promise<void> = async () => {},
): Promise<Export> {
  requirePermission(scope, 'events:read')
  const throughSeq = (await readFilteredHead(scope, filter)) - 1
  const firstSeq = request.after + 1
  const run = registerExport(scope, Math.max(0, throughSeq - request.after), id)
  const facts: ExportFacts = { request, filter, firstSeq, throughSeq, events: 0 }
  try {
    await recordExportStart(scope, facts)
  } catch (error) {
    endExport(run, 'broken')
    throw error
  }
  const range = { order: request.order, afterSeq: request.after, throughSeq, nowMs: Date.now() }
  const chunks = readChunks(scope, filter, range)
  const toLines = (lines: string) => (request.matched === 'true' ? matchLines(scope, lines) : lines)
  const pieces = writePieces(chunks, toLines, formatWriter(request, scope.tenantSlug))
  const body = streamExport({
    run,
    pieces,
    record: (outcome, events) => recordExport(scope, { ...facts, events }, outcome),
    recheck,
  })
  return { firstSeq, throughSeq, body }
}

async function* writePieces(
  chunks: AsyncGenerator<MatchingChunk>,
  toLines: (lines: string) => string | Promise<string>,
  writer: FormatWriter,
): AsyncGenerator<ExportPiece> {
  yield { text: writer.head, events: 0, seen: 0 }
  let isFirst = true
  for await (const { lines, events, fromSeq, toSeq } of chunks) {
    const text = events > 0 ? writer.write(await toLines(lines), isFirst) : ''
    yield { text, events, seen: toSeq - fromSeq + 1 }
    isFirst &&= events === 0
  }
  yield { text: writer.tail, events: 0, seen: 0 }
}
