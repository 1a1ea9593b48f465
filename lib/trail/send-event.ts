import { z } from 'zod'
import { scopeForToken } from '@/lib/access/scope-for-token'
import { noteRead } from '@/lib/audit/note-read'
import { parseInput } from '@/lib/errors/parse-input'
import { toTargetEvent } from './export/target-fields'
import { fieldsParameter } from './fields-parameter'
import { getEvent } from './get'
import { matchedParameter } from './matched-parameter'
import { withMatched } from './with-matched'

export const eventPathSchema = z.object({ id: z.uuid() })
export const eventQuerySchema = z.object({ fields: fieldsParameter, matched: matchedParameter })

/** `GET /api/v1/events/{id}`: a token with `events:read` reads one event. */
export async function sendEvent(request: Request, id: string): Promise<Response> {
  const scope = await scopeForToken(request.headers)
  const { searchParams } = new URL(request.url)
  const { fields, matched } = parseInput(eventQuerySchema, {
    fields: searchParams.get('fields') || undefined,
    matched: searchParams.get('matched') || undefined,
  })
  const [event] = await withMatched(scope, [await getEvent(scope, id)], matched)
  if (!event) throw new Error('an event gave no event')
  await noteRead(scope, 'event')
  return Response.json(fields === 'target' ? toTargetEvent(event, scope.tenantSlug) : event, {
    headers: { 'cache-control': 'no-store' },
  })
}
