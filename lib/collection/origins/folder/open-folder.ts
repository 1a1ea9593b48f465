import type { FoundFile, OpenedOrigin, OriginCall } from '@/lib/collection/origins/found-file'
import type { FolderOrigin } from '@/lib/collection/origins/origin'
import { pickNames } from '@/lib/collection/origins/pick-names'
import { findRoot } from './find-root'
import { listFolder } from './list-folder'
import { readSafely } from './read-safely'

/** Longer than most writers take between two lines of a log. */
const STILL_WRITTEN_MS = 30_000
const AT_A_TIME = 1_000

/** Regular files of a folder of this server, by name. One that changed just now is left for the next time. */
export function openFolder({ path }: FolderOrigin, { tenantSlug }: OriginCall): OpenedOrigin {
  return {
    async *find({ isTaken, reachesBelow }) {
      const root = await findRoot(tenantSlug, path)
      const listed = await listFolder(root.folder, reachesBelow)
      const still = listed.filter(({ changedAtMs }) => Date.now() - changedAtMs >= STILL_WRITTEN_MS)
      const taken = await pickNames(still, isTaken)
      const files = taken.map((file): FoundFile => {
        const { name, bytes } = file
        return { place: name, name, mark: file.mark, bytes, read: () => readSafely(root, file) }
      })
      for (let at = 0; at < files.length; at += AT_A_TIME) yield files.slice(at, at + AT_A_TIME)
    },
    close: () => {},
  }
}
