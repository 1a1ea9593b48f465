import { memberOf } from '@/app/(console)/[tenant]/trail/member-of'
import { requirePermission } from '@/lib/access/scope'
import { apiRoute } from '@/lib/http/api-route'
import { answerFollow } from '@/lib/trail/send-follow'

type Context = { params: Promise<{ tenant: string }> }

// For members, by their session: new events as they come.
const { GET, HEAD } = apiRoute<Context>({
  GET: async (request, { params }) => {
    const { tenant } = await params
    const recheck = async () => requirePermission(await memberOf(request, tenant), 'events:read')
    return answerFollow(await memberOf(request, tenant), request, recheck)
  },
})

export { GET, HEAD }
