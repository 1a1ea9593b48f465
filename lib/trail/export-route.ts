import { apiRoute } from '@/lib/http/api-route'
import { sendExport } from './send-export'

/** `/api/v1/events/export`: everything that passes, as a file. Mounted by Next's route and by the front lane alike. */
export const exportRoute = apiRoute({ GET: sendExport })
