import { apiRoute } from '@/lib/http/api-route'
import { sendHistogram } from './send-overview'

/** `/api/v1/events/histogram`: events by level over time. Mounted by Next's route and by the front lane alike. */
export const histogramRoute = apiRoute({ GET: sendHistogram })
