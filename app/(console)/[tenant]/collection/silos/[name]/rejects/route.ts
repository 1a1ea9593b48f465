import { memberOf } from '@/app/(console)/[tenant]/trail/member-of'
import { exportRejects } from '@/lib/collection/rejects/export'
import { whichRejectsSchema } from '@/lib/collection/rejects/input'
import { parseInput } from '@/lib/errors/parse-input'
import { apiRoute } from '@/lib/http/api-route'

type Context = { params: Promise<{ tenant: string; name: string }> }

// For members, by their session: rejected rows as CSV.
const { GET, HEAD } = apiRoute<Context>({
  GET: async (request, { params }) => {
    const { tenant, name } = await params
    const scope = await memberOf(request, tenant)
    const chosen = Object.fromEntries(new URL(request.url).searchParams)
    return exportRejects(scope, parseInput(whichRejectsSchema, { ...chosen, silo: name }))
  },
})

export { GET, HEAD }
