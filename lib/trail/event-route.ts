import { scopeForToken } from '@/lib/access/scope-for-token'
import { apiRoute } from '@/lib/http/api-route'
import { getEvent } from './get'

/** `/api/v1/events/{id}`: a token with `events:read` reads one event. */
export const eventRoute = apiRoute<{ params: Promise<{ id: string }> }>({
  GET: async (request, { params }) => {
    const scope = await scopeForToken(request.headers)
    const event = await getEvent(scope, (await params).id)
    return Response.json(event, { headers: { 'cache-control': 'no-store' } })
  },
})
