import { z } from 'zod'
import { requirePermission, type TenantScope } from '@/lib/access/scope'
import { scopeForToken } from '@/lib/access/scope-for-token'
import { noteRead } from '@/lib/audit/note-read'
import { readRequest } from '@/lib/erasure/read-request'
import { type ApiRoute, apiRoute } from '@/lib/http/api-route'
import { parseQuery } from '@/lib/integrity/log/parse-query'
import { cancelReplay } from './cancel-replay'
import { createDestination } from './create'
import { describeKinds } from './describe-kinds'
import { noSuchDestination } from './find-destination'
import { getDestination } from './get'
import { changeDestinationSchema, createDestinationSchema, previewDestinationSchema } from './input'
import { listDestinations } from './list'
import { listAttempts } from './list-attempts'
import { listDeadLetters } from './list-dead-letters'
import { listMatchedEvents } from './list-matched-events'
import { listRemovedDestinations } from './list-removed'
import { listReplays } from './list-replays'
import { listUnsentEvents } from './list-unsent-events'
import { pauseDestination } from './pause'
import { previewDestination } from './preview-destination'
import { MAX_HOURS, readHours } from './read-hours'
import { removeDestination } from './remove'
import { replayEvents } from './replay-events'
import { restoreDestination } from './restore'
import { resumeDestination } from './resume'
import { retryNow } from './retry-now'
import { skipEvents } from './skip-events'
import { replayBodySchema, resumeBodySchema, skipBodySchema } from './stream-input'
import { pageRequestSchema, type StreamEventPage, type StreamPageRequest } from './stream-page'
import { testDestination } from './test-destination'
import { updateDestination } from './update'

export const destinationPathSchema = z.object({ id: z.uuid() })
export const replayPathSchema = z.object({ id: z.uuid(), replay: z.uuid() })
export const hoursQuerySchema = z.object({
  hours: z.coerce.number().int().min(1).max(MAX_HOURS).default(24).describe('The last so many.'),
})

type Params = { params: Promise<{ id: string }> }

const json = (body: unknown, init?: ResponseInit) =>
  Response.json(body, { ...init, headers: { 'cache-control': 'no-store', ...init?.headers } })

/** Whoever may change destinations, and the one that the path names: an id that is none is not found. */
async function manage({ headers }: Request, context: Params): Promise<{ scope: TenantScope; id: string }> {
  const scope = await scopeForToken(headers)
  requirePermission(scope, 'destinations:manage')
  return { scope, id: await idOf(context) }
}

async function idOf({ params }: Params): Promise<string> {
  const { id } = await params
  if (!z.uuid().safeParse(id).success) throw noSuchDestination()
  return id
}

type Page = (scope: TenantScope, id: string, request: StreamPageRequest) => Promise<unknown>

const page = (list: Page): ApiRoute<Params> =>
  apiRoute<Params>({
    GET: async (request, context) => {
      const scope = await scopeForToken(request.headers)
      return json(await list(scope, await idOf(context), parseQuery(request, pageRequestSchema)))
    },
  })

/** The same for pages of the trail's own events: a token that reads them is noted. */
const eventPage = (list: (...args: Parameters<Page>) => Promise<StreamEventPage>): ApiRoute<Params> =>
  page(async (scope, id, request) => {
    const found = await list(scope, id, request)
    await noteRead(scope, 'list')
    return found
  })

type Verb = (scope: TenantScope, id: { id: string }) => Promise<unknown>

const verb = (run: Verb): ApiRoute<Params> =>
  apiRoute<Params>({
    POST: async (request, context) => {
      const { scope, id } = await manage(request, context)
      return json(await run(scope, { id }))
    },
  })

/** `/api/v1/destination-kinds`: for a token with `destinations:read`. */
export const kindsRoute = apiRoute({
  GET: async ({ headers }) => {
    requirePermission(await scopeForToken(headers), 'destinations:read')
    return json({ kinds: describeKinds() })
  },
})

/** `/api/v1/destinations`: a token with `destinations:read` looks, one with `destinations:manage` adds. */
export const destinationsRoute = apiRoute({
  GET: async ({ headers }) => {
    const scope = await scopeForToken(headers)
    const destinations = await listDestinations(scope)
    return json({ destinations, removed: await listRemovedDestinations(scope) })
  },
  POST: async (request) => {
    const scope = await scopeForToken(request.headers)
    requirePermission(scope, 'destinations:manage')
    const { id } = await createDestination(scope, await readRequest(request, createDestinationSchema))
    return json({ id }, { status: 201, headers: { location: `/api/v1/destinations/${id}` } })
  },
})

/** `/api/v1/destinations/preview`: a token with `destinations:manage` and `events:read`; nothing is sent or stored. */
export const previewRoute = apiRoute({
  POST: async (request) => {
    const scope = await scopeForToken(request.headers)
    requirePermission(scope, 'destinations:manage')
    requirePermission(scope, 'events:read')
    const preview = await previewDestination(scope, await readRequest(request, previewDestinationSchema))
    await noteRead(scope, 'event')
    return json(preview)
  },
})

/** `/api/v1/destinations/{id}`: `destinations:read` looks, `destinations:manage` changes and removes. */
export const destinationRoute = apiRoute<Params>({
  GET: async ({ headers }, context) => {
    const scope = await scopeForToken(headers)
    const {
      attempts: _,
      deadLetters: __,
      replays: ___,
      ...detail
    } = await getDestination(scope, await idOf(context))
    return json(detail)
  },
  PUT: async (request, context) => {
    const { scope, id } = await manage(request, context)
    const input = await readRequest(request, changeDestinationSchema)
    return json(await updateDestination(scope, { ...input, id }))
  },
  DELETE: async (request, context) => {
    const { scope, id } = await manage(request, context)
    return json(await removeDestination(scope, { id }))
  },
})

/** `/api/v1/destinations/{id}/…`: `destinations:manage`. */
export const testRoute = verb(testDestination)
export const pauseRoute = verb(pauseDestination)
export const retryRoute = verb(retryNow)
export const restoreRoute = verb(restoreDestination)
export const resumeRoute = apiRoute<Params>({
  POST: async (request, context) => {
    const { scope, id } = await manage(request, context)
    return json(await resumeDestination(scope, { id, ...(await readRequest(request, resumeBodySchema)) }))
  },
})
export const skipsRoute = apiRoute<Params>({
  POST: async (request, context) => {
    const { scope, id } = await manage(request, context)
    return json(await skipEvents(scope, { id, ...(await readRequest(request, skipBodySchema)) }))
  },
})

/** `/api/v1/destinations/{id}/replays`: `destinations:read` looks, `destinations:manage` begins and ends one. */
export const replaysRoute = apiRoute<Params>({
  GET: async ({ headers }, context) => {
    const scope = await scopeForToken(headers)
    return json({ replays: await listReplays(scope, await idOf(context)) })
  },
  POST: async (request, context) => {
    const { scope, id } = await manage(request, context)
    const replay = await replayEvents(scope, { id, ...(await readRequest(request, replayBodySchema)) })
    return json(replay, { status: 201 })
  },
})
export const replayRoute = apiRoute<{ params: Promise<{ id: string; replay: string }> }>({
  DELETE: async (request, context) => {
    const { scope, id } = await manage(request, context)
    const { replay: replayId } = await context.params
    if (!z.uuid().safeParse(replayId).success) throw noSuchDestination()
    return json(await cancelReplay(scope, { id, replayId }))
  },
})

/** `/api/v1/destinations/{id}/…`: `destinations:read`; pages of events want `events:read` as well. */
export const attemptsRoute = page(listAttempts)
export const deadRoute = page(listDeadLetters)
export const matchedRoute = eventPage(listMatchedEvents)
export const unsentRoute = eventPage(listUnsentEvents)
export const hoursRoute = apiRoute<Params>({
  GET: async (request, context) => {
    const scope = await scopeForToken(request.headers)
    const { hours } = parseQuery(request, hoursQuerySchema)
    return json({ hours: await readHours(scope, await idOf(context), hours) })
  },
})
