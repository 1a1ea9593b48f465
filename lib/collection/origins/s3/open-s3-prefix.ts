import type { FoundFile, OpenedOrigin, OriginCall } from '@/lib/collection/origins/found-file'
import type { S3Origin } from '@/lib/collection/origins/origin'
import { pickNames } from '@/lib/collection/origins/pick-names'
import { ReadBucket } from './read-bucket'

/** Files of a bucket whose keys begin with a prefix. Names begin behind the prefix's last slash. */
export function openS3Prefix(origin: S3Origin, call: OriginCall, keysAPage?: number): OpenedOrigin {
  const bucket = new ReadBucket(origin, call, keysAPage)
  const { prefix } = origin
  const folder = prefix.slice(0, prefix.lastIndexOf('/') + 1)
  return {
    async *find({ isTaken, reachesBelow }) {
      for await (const objects of bucket.list(prefix, reachesBelow ? undefined : '/')) {
        const files = objects.flatMap((object): FoundFile[] => {
          const { key, etag, bytes } = object
          const name = key.slice(folder.length)
          // What ends with a slash is a folder, as consoles of storages make them.
          if (name === '' || name.endsWith('/')) return []
          return [{ place: key, name, mark: `${etag}/${bytes}`, bytes, read: () => bucket.get(object) }]
        })
        yield await pickNames(files, isTaken)
      }
    },
    close: () => bucket.close(),
  }
}
