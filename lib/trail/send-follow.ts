import { z } from 'zod'
import { requirePermission, type TenantScope } from '@/lib/access/scope'
import { scopeForToken } from '@/lib/access/scope-for-token'
import { noteRead } from '@/lib/audit/note-read'
import { AppError } from '@/lib/errors/app-error'
import { createResponse } from '@/lib/http/create-response'
import { openStream } from '@/lib/http/open-streams'
import { followTrail } from './follow'
import { writeFollowed } from './follow-stream'
import { parseTrailQuery } from './parse-request'

export const followSchema = z.object({
  after: z.coerce
    .number()
    .int()
    .min(-1)
    .max(Number.MAX_SAFE_INTEGER)
    .optional()
    .describe('Begin after this seq; -1 is the whole trail, absent is only what comes from now on.'),
})

/** What an event stream's client sends when it comes back; it knows better than the address it was opened with. */
export const followHeaderSchema = z.object({
  'Last-Event-ID': followSchema.shape.after.describe('`id` of the last message received. Wins over `after`.'),
})

/** `GET /api/v1/events/follow`: a token with `events:read` gets events as they come, as server-sent events. */
export async function sendFollow(request: Request): Promise<Response> {
  const { headers } = request
  const scope = await scopeForToken(headers)
  const recheck = async () => requirePermission(await scopeForToken(headers), 'events:read')
  const response = await answerFollow(scope, request, recheck)
  try {
    await noteRead(scope, 'follow')
  } catch (error) {
    await response.body?.cancel()
    throw error
  }
  return response
}

/** The stream, for whoever has the scope. `recheck` throws once they may not read any more. */
export async function answerFollow(
  scope: TenantScope,
  request: Request,
  recheck: () => Promise<void>,
): Promise<Response> {
  const { filter, query } = parseTrailQuery(new URL(request.url).searchParams, followSchema)
  const after = readLastEventId(request.headers) ?? query.after
  const init = {
    headers: {
      'content-type': 'text/event-stream; charset=utf-8',
      // no-transform: a proxy or server that compresses would hold events back.
      'cache-control': 'no-store, no-transform',
      'x-accel-buffering': 'no',
    },
  }
  if (request.method === 'HEAD') return createResponse(null, init)
  const stop = new AbortController()
  const open = openStream()
  open.signal.addEventListener('abort', () => stop.abort(), { once: true })
  stop.signal.addEventListener('abort', open.close, { once: true })
  try {
    const batches = await followTrail(scope, filter, after, stop.signal)
    return createResponse(writeFollowed(batches, { stop, recheck }), init)
  } catch (error) {
    stop.abort()
    throw error
  }
}

function readLastEventId(headers: Headers): number | undefined {
  const text = headers.get('last-event-id')
  if (!text) return undefined
  const parsed = followSchema.shape.after.safeParse(text)
  if (parsed.success) return parsed.data
  throw new AppError('invalid', 'Last-Event-ID is not an id of this stream. Begin again without it.')
}
