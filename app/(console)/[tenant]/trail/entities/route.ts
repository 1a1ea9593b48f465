import { memberOf } from '@/app/(console)/[tenant]/trail/member-of'
import type { FoundEntity } from '@/components/trail/found-entity'
import { parseInput } from '@/lib/errors/parse-input'
import { apiRoute } from '@/lib/http/api-route'
import { listEntitiesSchema } from '@/lib/ledger/entities/input'
import { listEntities } from '@/lib/ledger/entities/list'

type Context = { params: Promise<{ tenant: string }> }

/** As many as one reads in a menu; more letters find fewer. */
const LIMIT = 12

// For members, by their session: entities to filter by, while a name is typed.
const { GET, HEAD } = apiRoute<Context>({
  GET: async (request, { params }) => {
    const { tenant } = await params
    const scope = await memberOf(request, tenant)
    const q = new URL(request.url).searchParams.get('q') ?? ''
    const { entities } = await listEntities(scope, parseInput(listEntitiesSchema, { q, limit: LIMIT }))
    const found = entities.map(
      ({ id, type, key, displayName, note }): FoundEntity => ({ id, type, key, displayName, note }),
    )
    return Response.json({ entities: found }, { headers: { 'cache-control': 'no-store' } })
  },
})

export { GET, HEAD }
