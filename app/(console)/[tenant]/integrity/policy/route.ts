import { memberOf } from '@/app/(console)/[tenant]/trail/member-of'
import { apiRoute } from '@/lib/http/api-route'
import { policyText } from '@/lib/integrity/log/policy-text'
import { readKeys } from '@/lib/integrity/log/read-keys'

type Context = { params: Promise<{ tenant: string }> }

// For members, by their session: the keys of their log, as verifiers read them.
const { GET, HEAD } = apiRoute<Context>({
  GET: async (request, { params }) => {
    const scope = await memberOf(request, (await params).tenant)
    return new Response(policyText(await readKeys(scope)), {
      headers: {
        'content-type': 'text/plain; charset=utf-8',
        'content-disposition': `attachment; filename="policy-${scope.tenantSlug}.txt"`,
        'cache-control': 'no-store',
      },
    })
  },
})

export { GET, HEAD }
