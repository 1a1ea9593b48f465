import { requirePermission, type TenantScope } from '@/lib/access/scope'
import { scopeForToken } from '@/lib/access/scope-for-token'
import { readRequest } from '@/lib/erasure/read-request'
import { apiRoute } from '@/lib/http/api-route'
import { getRetention } from './get'
import { setRetentionSchema } from './input'
import { setRetention } from './set'
import { retentionStatus } from './status'

const answer = async (scope: TenantScope) =>
  Response.json(
    { ...(await getRetention(scope)), status: await retentionStatus(scope) },
    { headers: { 'cache-control': 'no-store' } },
  )

/** `/api/v1/retention`: a token with `events:read` looks, one with `events:erase` chooses. */
export const retentionRoute = apiRoute({
  GET: async ({ headers }) => answer(await scopeForToken(headers)),
  PUT: async (request) => {
    const scope = await scopeForToken(request.headers)
    requirePermission(scope, 'events:erase')
    await setRetention(scope, await readRequest(request, setRetentionSchema))
    return answer(scope)
  },
})
