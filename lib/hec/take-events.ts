import { AppError } from '@/lib/errors/app-error'
import { MAX_EVENT_BYTES } from '@/lib/event/accept-event'
import type { Line } from '@/lib/trail/receive/read-lines'
import {
  appendPrepared,
  type Item,
  type Prepared,
  prepareItems,
  type Reception,
} from '@/lib/trail/receive/verdict'
import { HecRefusal } from './hec-answer'
import type { Piece } from './split-objects'
import type { Translation } from './translate-envelope'

/** A chunk goes into the trail at so many events or bytes: as large as a flush, and small in memory. */
const CHUNK_EVENTS = 500
const CHUNK_BYTES = 1024 * 1024
/** Envelope, white space and escapes make a piece longer than the event in it. */
export const MAX_PIECE_BYTES = 2 * MAX_EVENT_BYTES

/** Items up to the first that can't be taken, and why it can't. */
type Chunk = { items: Item[]; refusal?: unknown }

const refuse = (eventNumber: number, detail: string) => new HecRefusal(6, { eventNumber, detail })

function toItem(piece: Piece, translate: (bytes: Buffer) => Translation): Item {
  if ('notAnObject' in piece) throw refuse(piece.number, 'here a JSON object must begin')
  if ('tooLongBytes' in piece)
    throw refuse(piece.number, `${piece.tooLongBytes} bytes; an event has at most ${MAX_EVENT_BYTES}`)
  try {
    const { event, identity } = translate(piece.bytes)
    return { index: piece.number, value: event, identity }
  } catch (error) {
    if (error instanceof HecRefusal)
      throw new HecRefusal(error.code, { ...error.particulars, eventNumber: piece.number })
    if (error instanceof AppError) throw refuse(piece.number, error.message)
    // From the JSON of Node itself, which follows no deeper.
    if (error instanceof RangeError) throw refuse(piece.number, 'the event nests thousands of levels')
    throw error
  }
}

async function* readChunks(
  pieces: AsyncIterable<Piece>,
  translate: (bytes: Buffer) => Translation,
): AsyncGenerator<Chunk> {
  let items: Item[] = []
  let bytes = 0
  for await (const piece of pieces) {
    try {
      items.push(toItem(piece, translate))
    } catch (error) {
      yield { items, refusal: error }
      return
    }
    bytes += 'bytes' in piece ? piece.bytes.length : 0
    if (items.length >= CHUNK_EVENTS || bytes >= CHUNK_BYTES) {
      yield { items }
      items = []
      bytes = 0
    }
  }
  yield { items }
}

/** What of a chunk is taken: everything before the first event that the door refuses. */
function cutAtFirstRejected(
  prepared: Prepared,
  firstNumber: number,
): { prepared: Prepared; refusal?: HecRefusal } {
  const at = prepared.verdicts.findIndex((verdict) => 'status' in verdict && verdict.status === 'rejected')
  const rejected = prepared.verdicts[at]
  if (!rejected || !('errors' in rejected)) return { prepared }
  const [first] = rejected.errors
  const detail = `${first?.pointer || 'the event'}: ${first?.detail}`
  return {
    prepared: { rows: prepared.rows.slice(0, at), verdicts: prepared.verdicts.slice(0, at) },
    refusal: refuse(firstNumber + at, detail),
  }
}

/**
 * Takes events of any number in constant memory, in their order, until the first that can't be taken: as with
 * Splunk, those before it are in the trail and those after it are not. Resolves once all are durable. Throws
 * `HecRefusal` with the number of the event, code 5 if there was none, and whatever the append throws.
 */
export async function takeEvents(
  pieces: AsyncIterable<Piece>,
  translate: (bytes: Buffer) => Translation,
  reception: Reception,
): Promise<void> {
  let running: Promise<unknown> = Promise.resolve()
  let taken = 0
  try {
    for await (const chunk of readChunks(pieces, translate)) {
      const { prepared, refusal = chunk.refusal } = cutAtFirstRejected(
        prepareItems(chunk.items, reception),
        taken,
      )
      await running
      running = appendPrepared(prepared)
      running.catch(() => {})
      taken += prepared.rows.length
      if (refusal) throw refusal
    }
  } finally {
    await running
  }
  if (taken === 0) throw new HecRefusal(5)
}

/** Lines without their blanks, numbered from 0 as Splunk numbers events. */
export async function* numberLines(lines: AsyncIterable<Line>): AsyncGenerator<Line> {
  let number = 0
  for await (const line of lines) {
    if ('bytes' in line && line.bytes.toString('latin1').trim() === '') continue
    yield { ...line, number: number++ }
  }
}
