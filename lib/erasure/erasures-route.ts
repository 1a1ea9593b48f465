import { z } from 'zod'
import { requirePermission } from '@/lib/access/scope'
import { scopeForToken } from '@/lib/access/scope-for-token'
import { apiRoute } from '@/lib/http/api-route'
import { eraseActor } from './erase-actor'
import { eraseValues } from './erase-values'
import { getErasure } from './get'
import { type EraseActor, type EraseValues, eraseActorSchema, eraseValuesSchema } from './input'
import { listErasures } from './list'
import { readRequest } from './read-request'

const NO_STORE = { headers: { 'cache-control': 'no-store' } }

export const erasurePathSchema = z.object({ id: z.uuid() })

const isOfActor = (body: unknown) => typeof body === 'object' && body !== null && 'actor' in body

/** `/api/v1/erasures`: a token with `events:erase` erases, one with `events:read` looks. */
export const erasuresRoute = apiRoute({
  GET: async ({ headers }) => {
    const scope = await scopeForToken(headers)
    return Response.json({ erasures: await listErasures(scope) }, NO_STORE)
  },
  POST: async (request) => {
    const scope = await scopeForToken(request.headers)
    requirePermission(scope, 'events:erase')
    const input = await readRequest<EraseActor | EraseValues>(request, (body) =>
      isOfActor(body) ? eraseActorSchema : eraseValuesSchema,
    )
    const erasure = 'actor' in input ? await eraseActor(scope, input) : await eraseValues(scope, input)
    return Response.json(erasure, { ...NO_STORE, status: erasure.state === 'done' ? 200 : 202 })
  },
})

/** `/api/v1/erasures/{id}`: how far an erasure has come, for a token with `events:read`. */
export const erasureRoute = apiRoute<{ params: Promise<{ id: string }> }>({
  GET: async ({ headers }, { params }) => {
    const scope = await scopeForToken(headers)
    return Response.json(await getErasure(scope, await params), NO_STORE)
  },
})
