import { memberOf } from '@/app/(console)/[tenant]/trail/member-of'
import { requirePermission } from '@/lib/access/scope'
import { apiRoute } from '@/lib/http/api-route'
import { answerNotifications } from '@/lib/notifications/send-notifications'

type Context = { params: Promise<{ tenant: string }> }

// For members, by their session: their bell as it rings.
const { GET, HEAD } = apiRoute<Context>({
  GET: async (request, { params }) => {
    const { tenant } = await params
    const recheck = async () => requirePermission(await memberOf(request, tenant), 'events:read')
    return answerNotifications(await memberOf(request, tenant), request, recheck)
  },
})

export { GET, HEAD }
