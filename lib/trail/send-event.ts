import { z } from 'zod'
import { scopeForToken } from '@/lib/access/scope-for-token'
import { noteRead } from '@/lib/audit/note-read'
import { parseInput } from '@/lib/errors/parse-input'
import { toTargetEvent } from './export/target-fields'
import { fieldsParameter } from './fields-parameter'
import { getEvent } from './get'

export const eventPathSchema = z.object({ id: z.uuid() })
export const eventQuerySchema = z.object({ fields: fieldsParameter })

/** `GET /api/v1/events/{id}`: a token with `events:read` reads one event. */
export async function sendEvent(request: Request, id: string): Promise<Response> {
  const scope = await scopeForToken(request.headers)
  const { searchParams } = new URL(request.url)
  const { fields } = parseInput(eventQuerySchema, { fields: searchParams.get('fields') || undefined })
  const event = await getEvent(scope, id)
  await noteRead(scope, 'event')
  return Response.json(fields === 'target' ? toTargetEvent(event, scope.tenantSlug) : event, {
    headers: { 'cache-control': 'no-store' },
  })
}
