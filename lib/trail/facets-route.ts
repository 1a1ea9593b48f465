import { apiRoute } from '@/lib/http/api-route'
import { sendFacets } from './send-overview'

/** `/api/v1/events/facets`: the most frequent values. Mounted by Next's route and by the front lane alike. */
export const facetsRoute = apiRoute({ GET: sendFacets })
