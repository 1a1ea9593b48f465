import { apiRoute } from '@/lib/http/api-route'
import { sendFollow } from './send-follow'

/** `/api/v1/events/follow`: events as they come. Mounted by Next's route and by the front lane alike. */
export const followRoute = apiRoute({ GET: sendFollow })
