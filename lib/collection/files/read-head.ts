import type { TenantScope } from '@/lib/access/scope'
import { HEAD_BYTES } from '@/lib/collection/reading/limits'
import { readFileBytes } from './read-file-bytes'

/** The beginning of a file's content, as much of it as shows how it is read. Throws as `readFileBytes` does. */
export async function readHead(scope: TenantScope, fileId: string): Promise<Buffer> {
  const pieces: Buffer[] = []
  let bytes = 0
  for await (const piece of readFileBytes(scope, fileId)) {
    pieces.push(piece)
    bytes += piece.length
    if (bytes >= HEAD_BYTES) break
  }
  return Buffer.concat(pieces).subarray(0, HEAD_BYTES)
}
