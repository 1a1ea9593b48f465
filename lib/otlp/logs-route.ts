import { type ApiRoute, apiRoute } from '@/lib/http/api-route'
import { receiveLogs } from './receive-logs'

/** `/v1/logs`: mounted by Next's route and by the front lane alike. */
export const logsRoute: ApiRoute = apiRoute({ POST: receiveLogs })
