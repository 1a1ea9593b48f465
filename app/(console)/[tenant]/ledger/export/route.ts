import { memberOf } from '@/app/(console)/[tenant]/trail/member-of'
import { parseInput } from '@/lib/errors/parse-input'
import { apiRoute } from '@/lib/http/api-route'
import { exportEntities } from '@/lib/ledger/imports/export'
import { exportEntitiesSchema } from '@/lib/ledger/imports/input'

type Context = { params: Promise<{ tenant: string }> }

// For members, by their session: all entities of a type as a file that an import takes.
const { GET, HEAD } = apiRoute<Context>({
  GET: async (request, { params }) => {
    const { tenant } = await params
    const scope = await memberOf(request, tenant)
    const type = new URL(request.url).searchParams.get('type')
    return exportEntities(scope, parseInput(exportEntitiesSchema, { type }))
  },
})

export { GET, HEAD }
