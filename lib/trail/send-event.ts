import { z } from 'zod'
import { scopeForToken } from '@/lib/access/scope-for-token'
import { noteRead } from '@/lib/audit/note-read'
import { getEvent } from './get'

export const eventPathSchema = z.object({ id: z.uuid() })

/** `GET /api/v1/events/{id}`: a token with `events:read` reads one event. */
export async function sendEvent(request: Request, id: string): Promise<Response> {
  const scope = await scopeForToken(request.headers)
  const event = await getEvent(scope, id)
  await noteRead(scope, 'event')
  return Response.json(event, { headers: { 'cache-control': 'no-store' } })
}
