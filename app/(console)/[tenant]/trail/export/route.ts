import { memberOf } from '@/app/(console)/[tenant]/trail/member-of'
import { requirePermission } from '@/lib/access/scope'
import { apiRoute } from '@/lib/http/api-route'
import { answerExport } from '@/lib/trail/send-export'

type Context = { params: Promise<{ tenant: string }> }

/** What names the export for who watches it; all other parameters say what is exported, and how. */
const ID = 'export'

// For members, by their session: the file.
const { GET, HEAD } = apiRoute<Context>({
  GET: async (request, { params }) => {
    const { tenant } = await params
    const scope = await memberOf(request, tenant)
    const recheck = async () => requirePermission(await memberOf(request, tenant), 'events:read')
    const { searchParams } = new URL(request.url)
    const id = searchParams.get(ID) ?? undefined
    searchParams.delete(ID)
    return answerExport(scope, request, searchParams, recheck, id)
  },
})

export { GET, HEAD }
