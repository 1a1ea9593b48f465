import { apiRoute } from '@/lib/http/api-route'
import { sendCount } from './send-overview'

/** `/api/v1/events/count`: how many events pass a filter. Mounted by Next's route and by the front lane alike. */
export const countRoute = apiRoute({ GET: sendCount })
