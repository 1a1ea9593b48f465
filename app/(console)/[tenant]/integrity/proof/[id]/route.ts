import { memberOf } from '@/app/(console)/[tenant]/trail/member-of'
import { apiRoute } from '@/lib/http/api-route'
import { proveEvent } from '@/lib/integrity/log/prove-event'

type Context = { params: Promise<{ tenant: string; id: string }> }

// For members, by their session: the proof of one event, to keep or to verify in the browser.
const { GET, HEAD } = apiRoute<Context>({
  GET: async (request, { params }) => {
    const { tenant, id } = await params
    const proof = await proveEvent(await memberOf(request, tenant), id)
    return new Response(proof, {
      headers: {
        'content-type': 'text/plain; charset=utf-8',
        'content-disposition': `attachment; filename="${id}.tlog-proof"`,
        'cache-control': 'no-store',
      },
    })
  },
})

export { GET, HEAD }
