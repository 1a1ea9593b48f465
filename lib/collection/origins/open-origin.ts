import { openFolder } from './folder/open-folder'
import type { OpenedOrigin, OriginCall } from './found-file'
import type { Origin } from './origin'
import { openS3Prefix } from './s3/open-s3-prefix'

/** Opens an origin that is looked through; undefined for one that files are handed over to. */
export function openOrigin(origin: Origin, call: OriginCall): OpenedOrigin | undefined {
  if (origin.kind === 's3') return openS3Prefix(origin, call)
  return origin.kind === 'folder' ? openFolder(origin, call) : undefined
}
