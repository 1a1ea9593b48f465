import { memberOf } from '@/app/(console)/[tenant]/trail/member-of'
import { requirePermission } from '@/lib/access/scope'
import { apiRoute } from '@/lib/http/api-route'
import { parseEvidenceQuery } from '@/lib/integrity/bundle/parse-evidence-request'
import { answerEvidence, BUNDLE_HEADERS } from '@/lib/integrity/bundle/send-evidence'

type Context = { params: Promise<{ tenant: string }> }

/** What names the download for who watches it, among the trail's exports; all else says what is wanted. */
const ID = 'export'

// For members, by their session: the file.
const { GET, HEAD } = apiRoute<Context>({
  GET: async (request, { params }) => {
    const { tenant } = await params
    const check = async () => {
      const scope = await memberOf(request, tenant)
      requirePermission(scope, 'events:read')
      return scope
    }
    const scope = await check()
    const { searchParams } = new URL(request.url)
    const id = searchParams.get(ID) ?? undefined
    searchParams.delete(ID)
    const wanted = parseEvidenceQuery(searchParams)
    if (request.method === 'HEAD') return new Response(null, { headers: BUNDLE_HEADERS })
    return answerEvidence(scope, wanted, async () => void (await check()), id)
  },
})

export { GET, HEAD }
