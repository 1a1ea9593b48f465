import { memberOf } from '@/app/(console)/[tenant]/trail/member-of'
import { apiRoute } from '@/lib/http/api-route'
import { findLog } from '@/lib/integrity/log/find-log'

type Context = { params: Promise<{ tenant: string }> }

// For members, by their session: how far the trail is sealed.
const { GET, HEAD } = apiRoute<Context>({
  GET: async (request, { params }) => {
    const log = await findLog(await memberOf(request, (await params).tenant))
    return Response.json({ size: log?.size ?? 0 }, { headers: { 'cache-control': 'no-store' } })
  },
})

export { GET, HEAD }
