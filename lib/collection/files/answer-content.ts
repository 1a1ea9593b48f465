import { inTenant } from '@/lib/access/in-tenant'
import { requirePermission, type TenantScope } from '@/lib/access/scope'
import { AppError } from '@/lib/errors/app-error'
import { createResponse } from '@/lib/http/create-response'
import { findFile } from './find-file'
import type { FileId } from './input'
import { readFileBytes } from './read-file-bytes'

/** RFC 6266: a name that all understand, and the very name for those who know RFC 8187. */
function disposition(name: string): string {
  const base = name.slice(name.lastIndexOf('/') + 1)
  const plain = base.replace(/[^A-Za-z0-9._ -]/g, '_')
  const exact = encodeURIComponent(base).replace(/['()*]/g, (c) => `%${c.charCodeAt(0).toString(16)}`)
  return `attachment; filename="${plain}"; filename*=UTF-8''${exact}`
}

/**
 * The content of a file, unpacked, as a download; it breaks off where it can't be completed. Throws `not_found`, and
 * `conflict` where the content is forgotten.
 */
export async function answerFileContent(scope: TenantScope, id: FileId): Promise<Response> {
  requirePermission(scope, 'collection:read')
  const { file } = await inTenant(scope, (tx) => findFile(tx, scope, id))
  if (file.forgottenAt) throw new AppError('conflict', `The content of ${file.name} is not kept any more.`)
  const pieces = readFileBytes(scope, file.id)
  const body = new ReadableStream<Uint8Array>({
    async pull(controller) {
      const { value, done } = await pieces.next()
      if (done) controller.close()
      else controller.enqueue(value)
    },
    async cancel() {
      await pieces.return()
    },
  })
  return createResponse(body, {
    headers: {
      // Never text/html or the like: a log may hold anything, and browsers guess.
      'content-type': 'application/octet-stream',
      'x-content-type-options': 'nosniff',
      'content-disposition': disposition(file.name),
      'content-length': String(file.bytes),
      'cache-control': 'no-store',
    },
  })
}
