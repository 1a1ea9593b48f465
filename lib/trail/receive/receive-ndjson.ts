import { AppError } from '@/lib/errors/app-error'
import { newReference, reportError } from '@/lib/errors/report-error'
import { MAX_EVENT_BYTES } from '@/lib/event/accept-event'
import { createResponse } from '@/lib/http/create-response'
import { parseJsonBytes, readBody } from './read-body'
import { type Line, readLines } from './read-lines'
import {
  appendPrepared,
  countVerdicts,
  type Item,
  prepareItems,
  type Reception,
  type Verdict,
} from './verdict'
import { allRejected, verdictStatus } from './verdict-response'

/** A chunk goes into the trail at so many lines or bytes: as large as a flush, and small in memory. */
const CHUNK_LINES = 500
const CHUNK_BYTES = 1024 * 1024
/** White space and escapes may make a line longer than the event in it. */
const MAX_LINE_BYTES = 2 * MAX_EVENT_BYTES

type Chunk = { items: Item[]; numbers: number[] }

function toItem(line: Line): Item {
  if ('tooLongBytes' in line) {
    const detail = `the line has ${line.tooLongBytes} bytes; an event has at most ${MAX_EVENT_BYTES}`
    return { violation: { pointer: '', code: 'too_large', detail } }
  }
  try {
    return { index: line.number, value: parseJsonBytes(line.bytes) }
  } catch (error) {
    return { violation: { pointer: '', code: 'not_json', detail: (error as Error).message } }
  }
}

async function* readChunks(request: Request): AsyncGenerator<Chunk> {
  let chunk: Chunk = { items: [], numbers: [] }
  let bytes = 0
  for await (const line of readLines(readBody(request), MAX_LINE_BYTES)) {
    chunk.items.push(toItem(line))
    chunk.numbers.push(line.number)
    bytes += 'bytes' in line ? line.bytes.length : 0
    if (chunk.items.length >= CHUNK_LINES || bytes >= CHUNK_BYTES) {
      yield chunk
      chunk = { items: [], numbers: [] }
      bytes = 0
    }
  }
  if (chunk.items.length > 0) yield chunk
}

type ChunkVerdicts = { verdicts: Verdict[]; numbers: number[] }

/** One chunk commits while the next is read, checked and hashed; the order of lines is the order in the trail. */
async function* judgeChunks(request: Request, reception: Reception): AsyncGenerator<ChunkVerdicts> {
  let running: Promise<ChunkVerdicts> | undefined
  try {
    for await (const { items, numbers } of readChunks(request)) {
      const prepared = prepareItems(items, reception)
      if (running) yield await running
      running = appendPrepared(prepared).then((verdicts) => ({ verdicts, numbers }))
      running.catch(() => {})
    }
  } catch (error) {
    if (running) yield await running
    throw error
  }
  if (running) yield await running
}

const encoder = new TextEncoder()
const toLines = ({ verdicts, numbers }: ChunkVerdicts) =>
  encoder.encode(
    verdicts.map((verdict, i) => `${JSON.stringify({ line: numbers[i], ...verdict })}\n`).join(''),
  )

/** The last line when it could not go on: everything without a verdict before it was not stored. */
function failureLine(error: unknown): Uint8Array {
  const reference = newReference()
  if (!(error instanceof AppError)) reportError(error, reference)
  const detail = error instanceof AppError ? error.message : 'Something went wrong on our side.'
  const code = error instanceof AppError ? error.code : 'internal'
  const hint = 'Lines without a verdict above may not have been stored; send them again.'
  return encoder.encode(
    `${JSON.stringify({ status: 'failed', code, detail: `${detail} ${hint}`, reference })}\n`,
  )
}

function streamVerdicts(
  first: Uint8Array[],
  rest: AsyncGenerator<ChunkVerdicts>,
): ReadableStream<Uint8Array> {
  return new ReadableStream({
    start(controller) {
      for (const lines of first) controller.enqueue(lines)
    },
    async pull(controller) {
      const lines = await nextChunk(rest)
      if (lines) controller.enqueue(lines)
      else controller.close()
    },
    async cancel() {
      await rest.return(undefined)
    },
  })
}

/**
 * Any number of events, one a line, in constant memory; one verdict line each, in order. A body of one chunk is
 * answered with the status of its verdicts; a longer one with 200, as its verdicts stream while it is read:
 * a client has to read them while it sends.
 */
export async function receiveNdjson(request: Request, reception: Reception): Promise<Response> {
  const chunks = judgeChunks(request, reception)
  const first = await chunks.next()
  if (first.done) throw new AppError('invalid', 'The request has no events.')
  const headers = { 'content-type': 'application/x-ndjson', 'cache-control': 'no-store' }
  const second = await nextChunk(chunks)
  if (!second) {
    const status = verdictStatus(countVerdicts(first.value.verdicts))
    if (status === 422) return allRejected(first.value.verdicts)
    return createResponse(toLines(first.value), { status, headers })
  }
  return new Response(streamVerdicts([toLines(first.value), second], chunks), { status: 200, headers })
}

/** The next chunk as lines, or how it failed: the chunk before it is stored, so the answer must still tell of it. */
async function nextChunk(chunks: AsyncGenerator<ChunkVerdicts>): Promise<Uint8Array | undefined> {
  try {
    const { value, done } = await chunks.next()
    return done ? undefined : toLines(value)
  } catch (error) {
    return failureLine(error)
  }
}
