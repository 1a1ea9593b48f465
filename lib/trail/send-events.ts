import { z } from 'zod'
import { scopeForToken } from '@/lib/access/scope-for-token'
import { noteRead } from '@/lib/audit/note-read'
import { toTargetEvent } from './export/target-fields'
import { fieldsParameter } from './fields-parameter'
import { DEFAULT_PAGE_SIZE, listEvents, MAX_PAGE_SIZE } from './list'
import { matchedParameter } from './matched-parameter'
import { parseTrailQuery } from './parse-request'
import { withMatched } from './with-matched'

export const pageSchema = z.object({
  order: z.enum(['asc', 'desc']).optional().describe('`desc`, newest first, unless given.'),
  limit: z.coerce.number().int().min(1).max(MAX_PAGE_SIZE).default(DEFAULT_PAGE_SIZE),
  cursor: z
    .string()
    .optional()
    .describe('`next` or `prev` of an earlier page with the same filter and order.'),
  after: z.coerce
    .number()
    .int()
    .min(-1)
    .max(Number.MAX_SAFE_INTEGER)
    .optional()
    .describe('For pollers: events after this seq, oldest first.'),
  fields: fieldsParameter,
  matched: matchedParameter,
})

/** `GET /api/v1/events`: a token with `events:read` reads a page of its tenant's trail. */
export async function sendEvents(request: Request): Promise<Response> {
  const scope = await scopeForToken(request.headers)
  const { filter, query } = parseTrailQuery(new URL(request.url).searchParams, pageSchema)
  const page = await listEvents(scope, filter, query)
  const events = await withMatched(scope, page.events, query.matched)
  await noteRead(scope, 'list')
  const shown =
    query.fields === 'target' ? events.map((event) => toTargetEvent(event, scope.tenantSlug)) : events
  return Response.json({ ...page, events: shown }, { headers: { 'cache-control': 'no-store' } })
}
