import { z } from 'zod'
import { requirePermission, type TenantScope } from '@/lib/access/scope'
import { scopeForToken } from '@/lib/access/scope-for-token'
import { noteRead } from '@/lib/audit/note-read'
import { answerEventStream, readLastEventId, type StreamBatch, streamIdSchema } from '@/lib/http/event-stream'
import { type FollowedBatch, followTrail } from './follow'
import { matchedParameter } from './matched-parameter'
import { parseTrailQuery } from './parse-request'
import { withMatched } from './with-matched'

/** A revoked token or session reads on for at most so long. */
const RECHECK_MS = 2_000

export const followSchema = z.object({
  matched: matchedParameter,
  after: streamIdSchema
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
  const begin = async (signal: AbortSignal) =>
    toMessages(scope, query.matched, await followTrail(scope, filter, after, signal))
  return answerEventStream(request, begin, { recheck, recheckMs: RECHECK_MS })
}

/** `data` is an event, `id` its seq. */
async function* toMessages(
  scope: TenantScope,
  matched: 'true' | 'false',
  batches: AsyncGenerator<FollowedBatch>,
): AsyncGenerator<StreamBatch> {
  for await (const { events: found, position } of batches) {
    const events = await withMatched(scope, found, matched)
    yield { messages: events.map((event) => ({ id: event.seq, data: JSON.stringify(event) })), position }
  }
}
