import type { BigIntStats, Dirent } from 'node:fs'
import { lstat, opendir } from 'node:fs/promises'
import { join } from 'node:path'
import { AppError } from '@/lib/errors/app-error'
import { pathError } from './find-root'

/** Deeper folders are no archive of logs. */
const MAX_DEPTH = 16
/** More entries than a run can look at each time. */
const MAX_ENTRIES = 200_000

export type ListedFile = {
  /** Below the folder, with slashes. */
  name: string
  path: string
  bytes: number
  changedAtMs: number
  /** Inode, size and time of change: who appends to a file or replaces it changes them. */
  mark: string
}

export const markOf = ({ ino, size, mtimeNs }: BigIntStats): string => `${ino}/${size}/${mtimeNs}`

const isGone = (error: unknown) => (error as { code?: unknown } | null)?.code === 'ENOENT'

/** Regular files, by name; with `reachesBelow` those of folders in it too. Links are not followed. Throws `invalid`. */
export async function listFolder(folder: string, reachesBelow: boolean): Promise<ListedFile[]> {
  const found: ListedFile[] = []
  let entries = 0
  const look = async (path: string, prefix: string, depth: number): Promise<void> => {
    for await (const entry of openEntries(path)) {
      if (++entries > MAX_ENTRIES)
        throw new AppError(
          'invalid',
          `${folder} has more than ${MAX_ENTRIES} entries. Move what is collected away, or choose a folder in it.`,
        )
      const below = join(path, entry.name)
      const name = `${prefix}${entry.name}`
      if (entry.isDirectory() && reachesBelow && depth < MAX_DEPTH) await look(below, `${name}/`, depth + 1)
      if (entry.isFile()) await note(below, name)
    }
  }
  const note = async (path: string, name: string) => {
    try {
      const stats = await lstat(path, { bigint: true })
      const { size, mtimeMs } = stats
      found.push({ name, path, bytes: Number(size), changedAtMs: Number(mtimeMs), mark: markOf(stats) })
    } catch (error) {
      if (!isGone(error)) throw pathError(path, error)
    }
  }
  await look(folder, '', 1)
  return found.sort((a, b) => (a.name < b.name ? -1 : 1))
}

async function* openEntries(path: string): AsyncGenerator<Dirent> {
  try {
    yield* await opendir(path)
  } catch (error) {
    throw error instanceof AppError ? error : pathError(path, error)
  }
}
