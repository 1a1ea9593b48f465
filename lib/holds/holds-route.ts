import { z } from 'zod'
import { requirePermission } from '@/lib/access/scope'
import { scopeForToken } from '@/lib/access/scope-for-token'
import { readRequest } from '@/lib/erasure/read-request'
import { apiRoute } from '@/lib/http/api-route'
import { placeHoldSchema, releaseHoldSchema } from './input'
import { listHolds } from './list'
import { placeHold } from './place'
import { releaseHold } from './release'

const NO_STORE = { headers: { 'cache-control': 'no-store' } }

export const holdPathSchema = z.object({ id: z.uuid() })
export const releaseBodySchema = releaseHoldSchema.omit({ id: true })

/** `/api/v1/holds`: a token with `events:read` looks, one with `events:erase` places. */
export const holdsRoute = apiRoute({
  GET: async ({ headers }) => {
    const scope = await scopeForToken(headers)
    return Response.json({ holds: await listHolds(scope) }, NO_STORE)
  },
  POST: async (request) => {
    const scope = await scopeForToken(request.headers)
    requirePermission(scope, 'events:erase')
    const hold = await placeHold(scope, await readRequest(request, placeHoldSchema))
    return Response.json(hold, { ...NO_STORE, status: 201 })
  },
})

/** `/api/v1/holds/{id}/release`: a token with `events:erase` ends a hold. */
export const releaseRoute = apiRoute<{ params: Promise<{ id: string }> }>({
  POST: async (request, { params }) => {
    const scope = await scopeForToken(request.headers)
    requirePermission(scope, 'events:erase')
    const { reason } = await readRequest(request, releaseBodySchema)
    return Response.json(await releaseHold(scope, { id: (await params).id, reason }), NO_STORE)
  },
})
