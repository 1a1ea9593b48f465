import { Readable } from 'node:stream'
import { createGunzip } from 'node:zlib'
import { AppError } from '@/lib/errors/app-error'
import { isGzip, MAGIC_BYTES, packingComplaint } from './packing'

/** Logs deflate to a tenth, very uniform ones to a fiftieth; a bomb to a thousandth. */
const MAX_INFLATION = 250
/** Below it the ratio says nothing, and costs nothing. */
const INFLATION_FREE_BYTES = 100 * 2 ** 20

const isBrokenGzip = (error: unknown) =>
  /^(Z_|ERR_ZLIB)/.test(String((error as { code?: unknown } | null)?.code ?? ''))

async function* inflate(packed: AsyncIterable<Uint8Array>): AsyncGenerator<Buffer> {
  let received = 0
  let inflated = 0
  async function* counted() {
    for await (const part of packed) {
      received += part.byteLength
      yield part
    }
  }
  const source = Readable.from(counted(), { objectMode: false })
  const gunzip = createGunzip()
  source.on('error', (error) => gunzip.destroy(error))
  source.pipe(gunzip)
  try {
    for await (const part of gunzip as AsyncIterable<Buffer>) {
      inflated += part.length
      if (inflated > INFLATION_FREE_BYTES && inflated > received * MAX_INFLATION)
        throw new AppError('too_large', `The file inflates to more than ${MAX_INFLATION} times its size.`)
      yield part
    }
  } catch (error) {
    if (!isBrokenGzip(error)) throw error
    throw new AppError('invalid', 'The file is broken: its gzip does not unpack to the end. Pack it again.')
  } finally {
    source.destroy()
    gunzip.destroy()
  }
}

type Opened = { head: Buffer; all: AsyncGenerator<Uint8Array> }

/** Looks at the first bytes, and gives all of them back in front of the rest. Ends the source if it isn't read on. */
async function peek(bytes: AsyncIterable<Uint8Array>): Promise<Opened> {
  const source = bytes[Symbol.asyncIterator]()
  const first: Uint8Array[] = []
  let length = 0
  let isDone = false
  while (length < MAGIC_BYTES && !isDone) {
    const { value, done } = await source.next()
    if (done) isDone = true
    else {
      first.push(value)
      length += value.byteLength
    }
  }
  async function* all() {
    try {
      yield* first
      while (!isDone) {
        const { value, done } = await source.next()
        if (done) isDone = true
        else yield value
      }
    } finally {
      if (!isDone) await source.return?.()
    }
  }
  return { head: Buffer.concat(first), all: all() }
}

/** Content as it is read: unpacked where it is packed with gzip. */
export type Unpacked = { isPacked: boolean; bytes: AsyncGenerator<Uint8Array> }

/**
 * Opens content that arrives. Throws `invalid` for what no reader of rows can take, with what to do; while it is
 * read `invalid` where gzip is broken or cut off, and `too_large` for a bomb.
 */
export async function unpack(bytes: AsyncIterable<Uint8Array>): Promise<Unpacked> {
  const outer = await peek(bytes)
  try {
    const isPacked = isGzip(outer.head)
    const inner = isPacked ? await peek(inflate(outer.all)) : outer
    const complaint =
      isPacked && isGzip(inner.head)
        ? 'This is packed with gzip twice. Unpack it once.'
        : packingComplaint(inner.head)
    if (!complaint) return { isPacked, bytes: inner.all }
    await inner.all.return(undefined)
    throw new AppError('invalid', complaint)
  } catch (error) {
    await outer.all.return(undefined)
    throw error
  }
}
