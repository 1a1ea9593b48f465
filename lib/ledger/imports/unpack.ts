import { promisify } from 'node:util'
import { gunzip } from 'node:zlib'
import { isGzip } from '@/lib/collection/files/packing'
import { AppError } from '@/lib/errors/app-error'
import { MAX_CONTENT_BYTES } from './limits'

const inflate = promisify(gunzip)

/** The bytes of a file, unpacked if they are gzip. Throws `too_large`, and `invalid` for what is broken off. */
export async function unpack(content: Buffer): Promise<Buffer> {
  if (!isGzip(content)) return content
  try {
    return await inflate(content, { maxOutputLength: MAX_CONTENT_BYTES })
  } catch (error) {
    if ((error as { code?: unknown }).code !== 'ERR_BUFFER_TOO_LARGE')
      throw new AppError('invalid', 'The file is not complete gzip. Send it again.', { cause: error })
    throw tooLarge()
  }
}

export const tooLarge = (): AppError =>
  new AppError(
    'too_large',
    `The file has more than ${MAX_CONTENT_BYTES >> 20} MiB, unpacked. Load it in parts, as deltas.`,
  )
