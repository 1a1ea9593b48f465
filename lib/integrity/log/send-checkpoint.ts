import { inTenant } from '@/lib/access/in-tenant'
import { requirePermission } from '@/lib/access/scope'
import { scopeForLog } from '@/lib/access/scope-for-log'
import { createResponse } from '@/lib/http/create-response'
import { sha256 } from '@/lib/integrity/sha256'
import { readPublished } from './read-published'

const MAX_AGE_SECONDS = 1

/** A signed note as it is served, with 304 for who has it already (RFC 9110, section 13.1.2). */
export function answerNote(request: Request, note: string, isPublic: boolean): Response {
  const etag = `"${sha256(Buffer.from(note), 'hex').slice(0, 32)}"`
  const headers = {
    'content-type': 'text/plain; charset=utf-8',
    'cache-control': `${isPublic ? 'public' : 'private'}, max-age=${MAX_AGE_SECONDS}`,
    etag,
  }
  const known = (request.headers.get('if-none-match') ?? '').split(',').map((tag) => tag.trim())
  const isKnown = known.some((tag) => tag === '*' || tag.replace(/^W\//, '') === etag)
  return isKnown
    ? createResponse(null, { status: 304, headers })
    : createResponse(note, { status: 200, headers })
}

/** `GET /log/{logId}/checkpoint`: the latest one, or the last one of a closed epoch. */
export async function sendCheckpoint(request: Request, logId: string): Promise<Response> {
  const { scope, epoch, isPublic } = await scopeForLog(request.headers, logId, 'checkpoint')
  if (!isPublic) requirePermission(scope, 'events:read')
  const { note } = await inTenant(scope, (tx) => readPublished(tx, scope.tenantId, epoch))
  return answerNote(request, note, isPublic)
}
