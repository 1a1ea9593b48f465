import { Readable } from 'node:stream'
import type { ReadableStream as NodeReadableStream } from 'node:stream/web'
import { AppError } from '@/lib/errors/app-error'

/** gzip is told by its first bytes, and unpacked by who stores it. */
const ENCODINGS = ['', 'identity', 'gzip', 'x-gzip']

/** Who sends nothing for so long is gone, or keeps others of the workspace from handing files over. */
const MAX_PAUSE_MS = 60_000

/**
 * The body of an upload as it arrives, never held. Throws `invalid` where it is broken off or stops, or is encoded
 * otherwise.
 */
export async function* readUpload(
  { body, headers }: Request,
  maxPauseMs = MAX_PAUSE_MS,
): AsyncGenerator<Uint8Array> {
  const encoding = headers.get('content-encoding')?.trim().toLowerCase() ?? ''
  if (!ENCODINGS.includes(encoding))
    throw new AppError(
      'invalid',
      `Content-Encoding ${encoding} is not understood. Send the file as it is, or gzip.`,
    )
  if (/^multipart\//i.test(headers.get('content-type')?.trim() ?? ''))
    throw new AppError(
      'invalid',
      'This is a form. Send the file itself as the body, with its name in the address: ?name=security.csv',
    )
  if (!body) return
  const source = Readable.fromWeb(body as NodeReadableStream)
  const stop = () => source.destroy(stopped(maxPauseMs))
  let timer = setTimeout(stop, maxPauseMs)
  try {
    for await (const part of source) {
      // While it is being stored nobody waits for the sender.
      clearTimeout(timer)
      yield part
      timer = setTimeout(stop, maxPauseMs)
    }
  } catch (error) {
    if (error instanceof AppError) throw error
    throw new AppError('invalid', 'The body ended before it was complete. Send the file again.')
  } finally {
    clearTimeout(timer)
    source.destroy()
  }
}

const stopped = (pauseMs: number) =>
  new AppError('invalid', `Nothing of the body came for ${pauseMs / 1000} s. Send the file again.`)
