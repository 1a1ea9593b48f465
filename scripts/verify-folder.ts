import { readdirSync, readFileSync } from 'node:fs'
import { join, sep } from 'node:path'
import { gunzipSync } from 'node:zlib'
import type { ObjectFolder } from '@/lib/integrity/verify/objects'
import { refuse } from '@/lib/integrity/verify/refusal'

const GZIP_MAGIC = 0x1f8b

/** A folder that a bucket was copied to; gzip is seen by its first bytes, because some tools unpack on the way. */
export function openFolder(folder: string): ObjectFolder {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true })
  const names = entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name).slice(join(folder, sep).length))
  return {
    names: names.map((name) => name.split(sep).join('/')),
    read: async (name) => {
      const bytes = readFileSync(join(folder, name))
      if (bytes.length < 2 || bytes.readUInt16BE() !== GZIP_MAGIC) return bytes
      try {
        return gunzipSync(bytes)
      } catch {
        return refuse('truncated', `${name} is packed, and cut off or damaged.`)
      }
    },
  }
}
