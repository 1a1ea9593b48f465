import { apiRoute } from '@/lib/http/api-route'
import { sendEvent } from './send-event'

/** `/api/v1/events/{id}`: a token with `events:read` reads one event. */
export const eventRoute = apiRoute<{ params: Promise<{ id: string }> }>({
  GET: async (request, { params }) => sendEvent(request, (await params).id),
})
