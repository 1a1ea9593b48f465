import { apiRoute } from '@/lib/http/api-route'
import { sendEvidence } from './send-evidence'

/** `/api/v1/evidence`: evidence bundles. Mounted by Next's route and by the front lane alike. */
export const evidenceRoute = apiRoute({ POST: sendEvidence })
