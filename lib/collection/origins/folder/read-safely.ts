import { constants } from 'node:fs'
import { lstat, open, realpath } from 'node:fs/promises'
import { AppError } from '@/lib/errors/app-error'
import { isWithin } from './allowed-folders'
import { pathError, type Root } from './find-root'
import { type ListedFile, markOf } from './list-folder'

const READ_BYTES = 256 * 1024

/** Opened like this a link is an error, and a pipe does not wait for its other end. */
const FLAGS = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK

/**
 * The content of a file that was listed. Whoever may write into the folder may swap files and folders for links at any
 * moment: so it is opened first, and what was opened must then be what lies in the allowed folder. Throws `invalid`.
 */
export async function* readSafely(root: Root, listed: ListedFile): AsyncGenerator<Buffer> {
  const { path, name } = listed
  const handle = await open(path, FLAGS).catch((error: unknown) => {
    throw pathError(path, error)
  })
  try {
    const opened = await handle.stat({ bigint: true })
    const real = await realpath(path).catch((error: unknown) => {
      throw pathError(path, error)
    })
    const lying = await lstat(real, { bigint: true }).catch((error: unknown) => {
      throw pathError(path, error)
    })
    const isSame = opened.ino === lying.ino && opened.dev === lying.dev
    if (!opened.isFile() || !isSame || !isWithin(root.allowed, real))
      throw new AppError('invalid', `${name} leads out of the folder, or is no file. It is not read.`)
    yield* handle.createReadStream({ highWaterMark: READ_BYTES, autoClose: false }) as AsyncIterable<Buffer>
    // Half of a file would be collected as if it were all of it.
    if (markOf(await handle.stat({ bigint: true })) !== listed.mark)
      throw new AppError('invalid', `${name} was being written. The next run fetches it.`)
  } finally {
    await handle.close()
  }
}
