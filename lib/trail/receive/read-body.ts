import { isUtf8 } from 'node:buffer'
import { Readable } from 'node:stream'
import type { ReadableStream as NodeReadableStream } from 'node:stream/web'
import { createGunzip } from 'node:zlib'
import { AppError } from '@/lib/errors/app-error'
import type { HeldBytes } from './held-bytes'

/** A request of JSON; what is larger comes as NDJSON, which is never held in memory. */
const MAX_JSON_BYTES = 10 * 1024 * 1024

/** Text deflates to a tenth, a very uniform log to a fiftieth; a bomb to a thousandth. */
const MAX_INFLATION = 250
/** Below it the ratio says nothing. */
const INFLATION_FREE_BYTES = MAX_JSON_BYTES

const tooLarge = () =>
  new AppError(
    'too_large',
    `The body is larger than ${MAX_JSON_BYTES} bytes (inflated). Send fewer events, or any number as application/x-ndjson.`,
  )

function wrongEncoding(error: unknown): AppError {
  if (error instanceof AppError) return error
  const code = String((error as { code?: unknown }).code ?? '')
  if (code.startsWith('Z_') || code.startsWith('ERR_ZLIB')) {
    return new AppError('invalid', `The body is not complete gzip (${code}), as Content-Encoding says it is.`)
  }
  return new AppError('invalid', 'The body ended before it was complete. Send the request again.')
}

async function* inflate(source: Readable): AsyncGenerator<Buffer> {
  let received = 0
  let inflated = 0
  const gunzip = createGunzip()
  source.on('data', (chunk: Buffer) => {
    received += chunk.length
  })
  source.on('error', (error) => gunzip.destroy(error))
  source.pipe(gunzip)
  try {
    for await (const chunk of gunzip as AsyncIterable<Buffer>) {
      inflated += chunk.length
      if (inflated > INFLATION_FREE_BYTES && inflated > received * MAX_INFLATION) {
        throw new AppError('too_large', `The body inflates to more than ${MAX_INFLATION} times its size.`)
      }
      yield chunk
    }
  } finally {
    source.destroy()
    gunzip.destroy()
  }
}

/** The body's bytes as they arrive, inflated if it says so. Throws `invalid` where it is broken off. */
export async function* readBody(request: Request): AsyncGenerator<Buffer> {
  if (!request.body) return
  const source = Readable.fromWeb(request.body as NodeReadableStream)
  const isGzip = request.headers.get('content-encoding')?.toLowerCase() === 'gzip'
  try {
    yield* isGzip ? inflate(source) : (source as AsyncIterable<Buffer>)
  } catch (error) {
    throw wrongEncoding(error)
  }
}

/** The whole body, 10 MiB at the most, inflated, counted as `held`. Throws `too_large`, `invalid` or `unavailable`. */
export async function readWhole(request: Request, held: HeldBytes): Promise<Buffer> {
  const length = Number(request.headers.get('content-length') ?? Number.NaN)
  if (length > MAX_JSON_BYTES) throw tooLarge()
  // Node's parser delivers no more than the announced length, so a short body needs no counting.
  if (length >= 0 && !request.headers.has('content-encoding')) {
    held.take(length)
    const whole = await request.arrayBuffer().catch((error) => {
      throw wrongEncoding(error)
    })
    return Buffer.from(whole)
  }
  const chunks: Buffer[] = []
  let bytes = 0
  for await (const chunk of readBody(request)) {
    bytes += chunk.length
    if (bytes > MAX_JSON_BYTES) throw tooLarge()
    held.take(chunk.length)
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

const BYTE_ORDER_MARK = '\ufeff'

/** Parses bytes as UTF-8 JSON. Throws `invalid` with what is wrong. */
export function parseJsonBytes(bytes: Buffer): unknown {
  if (!isUtf8(bytes)) throw new AppError('invalid', 'The text is not valid UTF-8.')
  const text = bytes.toString('utf8')
  try {
    return JSON.parse(text.startsWith(BYTE_ORDER_MARK) ? text.slice(1) : text)
  } catch (error) {
    throw new AppError('invalid', `The text is not JSON: ${(error as Error).message.slice(0, 200)}`)
  }
}

/** The whole body as JSON, 10 MiB at the most, counted as `held`. Throws `too_large`, `invalid` or `unavailable`. */
export async function readJson(request: Request, held: HeldBytes): Promise<unknown> {
  return parseJsonBytes(await readWhole(request, held))
}
