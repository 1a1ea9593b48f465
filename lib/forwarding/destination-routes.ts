import { z } from 'zod'
import { requirePermission } from '@/lib/access/scope'
import { scopeForToken } from '@/lib/access/scope-for-token'
import { noteRead } from '@/lib/audit/note-read'
import { type DestinationRole, ROLE_WORDS } from '@/lib/delivery/destinations/roles'
import { readRequest } from '@/lib/erasure/read-request'
import { apiRoute } from '@/lib/http/api-route'
import { parseQuery } from '@/lib/integrity/log/parse-query'
import { cancelReplay } from './cancel-replay'
import { createDestination } from './create'
import { describeKinds } from './describe-kinds'
import { noSuchDestination } from './find-destination'
import { getDestination } from './get'
import { INPUT_SCHEMAS } from './input'
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
import { json, type Params, routePartsOf } from './route-parts'
import { skipEvents } from './skip-events'
import { replayBodySchema, resumeBodySchema, skipBodySchema } from './stream-input'
import { testDestination } from './test-destination'
import { updateDestination } from './update'

export const destinationPathSchema = z.object({ id: z.uuid() })
export const replayPathSchema = z.object({ id: z.uuid(), replay: z.uuid() })
export const hoursQuerySchema = z.object({
  hours: z.coerce.number().int().min(1).max(MAX_HOURS).default(24).describe('The last so many.'),
})

type ReplayParams = { params: Promise<{ id: string; replay: string }> }

/**
 * Everything below `/api/v1/destinations`, or `/api/v1/channels`: a token with `destinations:read` looks, one with
 * `destinations:manage` adds, changes and acts; pages of events and previews want `events:read` as well.
 */
export function destinationRoutesOf(role: DestinationRole) {
  const { manage, look, act, actWith, page, eventPage, verb } = routePartsOf(role)
  const { create, change, preview } = INPUT_SCHEMAS[role]
  const { noun } = ROLE_WORDS[role]
  return {
    kinds: apiRoute({
      GET: async ({ headers }) => {
        requirePermission(await scopeForToken(headers), 'destinations:read')
        return json({ kinds: describeKinds(role) })
      },
    }),

    all: apiRoute({
      GET: async ({ headers }) => {
        const scope = await scopeForToken(headers)
        const found = await listDestinations(scope, role)
        return json({ [`${noun}s`]: found, removed: await listRemovedDestinations(scope, role) })
      },
      POST: async (request) => {
        const scope = await scopeForToken(request.headers)
        requirePermission(scope, 'destinations:manage')
        const { id } = await createDestination(scope, await readRequest(request, create))
        return json({ id }, { status: 201, headers: { location: `/api/v1/${noun}s/${id}` } })
      },
    }),

    /** Nothing is sent or stored. */
    preview: apiRoute({
      POST: async (request) => {
        const scope = await scopeForToken(request.headers)
        requirePermission(scope, 'destinations:manage')
        requirePermission(scope, 'events:read')
        const shown = await previewDestination(scope, await readRequest(request, preview))
        await noteRead(scope, 'event')
        return json(shown)
      },
    }),

    one: apiRoute<Params>({
      GET: look(async ({ scope, id }) => {
        const { attempts, deadLetters, replays, ...detail } = await getDestination(scope, id, role)
        return detail
      }),
      PUT: actWith(change, ({ scope, id }, input) => updateDestination(scope, { ...input, id })),
      DELETE: act(({ scope, id }) => removeDestination(scope, { id, role })),
    }),

    test: verb(testDestination),
    pause: verb(pauseDestination),
    retry: verb(retryNow),
    restore: verb(restoreDestination),
    resume: apiRoute<Params>({
      POST: actWith(resumeBodySchema, ({ scope, id }, body) =>
        resumeDestination(scope, { id, role, ...body }),
      ),
    }),
    skips: apiRoute<Params>({
      POST: actWith(skipBodySchema, ({ scope, id }, body) => skipEvents(scope, { id, role, ...body })),
    }),

    replays: apiRoute<Params>({
      GET: look(async ({ scope, id }) => ({ replays: await listReplays(scope, id, role) })),
      POST: actWith(
        replayBodySchema,
        ({ scope, id }, body) => replayEvents(scope, { id, role, ...body }),
        201,
      ),
    }),
    replay: apiRoute<ReplayParams>({
      DELETE: async (request, context) => {
        const { scope, id } = await manage(request, context)
        const { replay: replayId } = await context.params
        if (!z.uuid().safeParse(replayId).success) throw noSuchDestination(role)
        return json(await cancelReplay(scope, { id, role, replayId }))
      },
    }),

    attempts: page(listAttempts),
    dead: page(listDeadLetters),
    matched: eventPage(listMatchedEvents),
    unsent: eventPage(listUnsentEvents),
    hours: apiRoute<Params>({
      GET: look(async ({ scope, id }, request) => {
        const { hours } = parseQuery(request, hoursQuerySchema)
        return { hours: await readHours(scope, id, hours, role) }
      }),
    }),
  }
}

export const destinationRoutes = destinationRoutesOf('forwarding')
