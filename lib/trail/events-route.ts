import { apiRoute } from '@/lib/http/api-route'
import { receiveEvents } from './receive/receive-events'
import { sendEvents } from './send-events'

/** `/api/v1/events`: mounted by Next's route and by the front lane alike. */
export const eventsRoute = apiRoute({ GET: sendEvents, POST: receiveEvents })
