import { memberOf } from '@/app/(console)/[tenant]/trail/member-of'
import { parseInput } from '@/lib/errors/parse-input'
import { apiRoute } from '@/lib/http/api-route'
import { listNotifications } from '@/lib/notifications/list-notifications'
import { afterSchema } from '@/lib/notifications/send-notifications'

type Context = { params: Promise<{ tenant: string }> }

/** What the bell's popup shows. */
const LATEST = 20

// For members, by their session: the newest notifications, for the popup and for browsers that can't hold a stream.
const { GET, HEAD } = apiRoute<Context>({
  GET: async (request, { params }) => {
    const { tenant } = await params
    const scope = await memberOf(request, tenant)
    const { after } = parseInput(afterSchema, Object.fromEntries(new URL(request.url).searchParams))
    const page = await listNotifications(scope, { ...(after !== undefined && { after }), limit: LATEST })
    return Response.json(page, { headers: { 'cache-control': 'no-store' } })
  },
})

export { GET, HEAD }
