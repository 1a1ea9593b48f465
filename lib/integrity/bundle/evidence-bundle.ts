import type { TenantScope } from '@/lib/access/scope'
import { AppError } from '@/lib/errors/app-error'
import { writeBundle } from '@/lib/integrity/evidence/bundle'
import type { SeqRange } from '@/lib/trail/blocks/search-blocks'
import type { ExportPiece } from '@/lib/trail/export/export-run'
import { type Progress, provenEvents } from './proven-events'
import { type Frame, readFrame } from './read-frame'
import type { EvidenceRequest } from './request'

export type EvidenceBundle = {
  /** Events that the bundle's checkpoint covers. */
  size: number
  /** The part of the trail that was looked at; `isComplete` says whether all of it is in the bundle. */
  looked: SeqRange
  isComplete: boolean
  /** The file's text as it is read: what stands before the events, then chunks of them. */
  pieces: AsyncGenerator<ExportPiece>
}

async function* writePieces(scope: TenantScope, frame: Frame): AsyncGenerator<ExportPiece> {
  const { log, looked, edges, consistency, anchors } = frame
  const progress: Progress = { events: 0, seen: 0 }
  const header = {
    origin: log.origin,
    checkpoint: log.note,
    ...(edges && { range: { ...looked, ...edges } }),
  }
  const events = provenEvents(scope, frame, progress)
  for await (const text of writeBundle({ header, consistency, anchors, events })) {
    const piece = { text, ...progress }
    progress.events = 0
    progress.seen = 0
    yield piece
  }
}

/** Reads up to the first events, so that what goes wrong before them is an answer and not a broken file. */
async function readFirst(pieces: AsyncGenerator<ExportPiece>): Promise<ExportPiece[]> {
  const first: ExportPiece[] = []
  for (let events = 0; events === 0; ) {
    const { value, done } = await pieces.next()
    if (done)
      throw new AppError(
        'not_found',
        'None of these events can be proven: no sealed event passes the filter.',
      )
    first.push(value)
    events += value.events
  }
  return first
}

async function* join(first: readonly ExportPiece[], rest: AsyncGenerator<ExportPiece>) {
  try {
    yield* first
    yield* rest
  } finally {
    await rest.return(undefined)
  }
}

/**
 * The evidence bundle (specification, section 7) of these events under the trail's latest checkpoint, in constant
 * memory, read as fast as it is consumed. What is wrong with the request is thrown before (`readFrame`, and
 * `not_found` where nothing passes); what goes wrong later is thrown by `pieces`, which then must not end a file.
 */
export async function evidenceBundle(scope: TenantScope, request: EvidenceRequest): Promise<EvidenceBundle> {
  const frame = await readFrame(scope, request)
  const { log, looked, edges } = frame
  const pieces = writePieces(scope, frame)
  const first = await readFirst(pieces)
  return { size: log.size, looked, isComplete: edges !== undefined, pieces: join(first, pieces) }
}
