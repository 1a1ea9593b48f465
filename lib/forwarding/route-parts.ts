import { z } from 'zod'
import { requirePermission, type TenantScope } from '@/lib/access/scope'
import { scopeForToken } from '@/lib/access/scope-for-token'
import { noteRead } from '@/lib/audit/note-read'
import type { DestinationRole } from '@/lib/delivery/destinations/roles'
import { readRequest } from '@/lib/erasure/read-request'
import { type ApiRoute, apiRoute } from '@/lib/http/api-route'
import { parseQuery } from '@/lib/integrity/log/parse-query'
import { type NamedDestination, noSuchDestination } from './find-destination'
import { pageRequestSchema, type StreamPageRequest } from './stream-page'

export type Params = { params: Promise<{ id: string }> }
/** What a handler is given, once it is known who asks and about what. */
type Given = { scope: TenantScope } & Required<NamedDestination>

type Answer = (given: Given) => Promise<unknown>
type AnswerBody<Input> = (given: Given, input: Input) => Promise<unknown>
type Page = (
  scope: TenantScope,
  id: string,
  request: StreamPageRequest,
  role: DestinationRole,
) => Promise<unknown>

export const json = (body: unknown, init?: ResponseInit) =>
  Response.json(body, { ...init, headers: { 'cache-control': 'no-store', ...init?.headers } })

/** Handlers below one destination's or channel's path. An id of the other role, or none at all, is not found. */
export function routePartsOf(role: DestinationRole) {
  const idOf = async ({ params }: Params): Promise<string> => {
    const { id } = await params
    if (!z.uuid().safeParse(id).success) throw noSuchDestination(role)
    return id
  }

  /** Whoever may change destinations, and the one that the path names. */
  const manage = async ({ headers }: Request, context: Params): Promise<Given> => {
    const scope = await scopeForToken(headers)
    requirePermission(scope, 'destinations:manage')
    return { scope, id: await idOf(context), role }
  }

  const look =
    (answer: (given: Given, request: Request) => Promise<unknown>) =>
    async (request: Request, context: Params): Promise<Response> => {
      const scope = await scopeForToken(request.headers)
      return json(await answer({ scope, id: await idOf(context), role }, request))
    }

  const act =
    (answer: Answer) =>
    async (request: Request, context: Params): Promise<Response> =>
      json(await answer(await manage(request, context)))

  const actWith =
    <Input>(schema: z.ZodType<Input>, answer: AnswerBody<Input>, status = 200) =>
    async (request: Request, context: Params): Promise<Response> => {
      const given = await manage(request, context)
      return json(await answer(given, await readRequest(request, schema)), { status })
    }

  const page = (list: Page): ApiRoute<Params> =>
    apiRoute<Params>({
      GET: look(({ scope, id }, request) => list(scope, id, parseQuery(request, pageRequestSchema), role)),
    })

  /** The same for pages that say what the trail's events say: a token that reads them is noted. */
  const eventPage = (list: Page): ApiRoute<Params> =>
    page(async (scope, ...rest) => {
      const found = await list(scope, ...rest)
      await noteRead(scope, 'list')
      return found
    })

  const verb = (run: (scope: TenantScope, named: NamedDestination) => Promise<unknown>): ApiRoute<Params> =>
    apiRoute<Params>({ POST: act(({ scope, id }) => run(scope, { id, role })) })

  return { manage, look, act, actWith, page, eventPage, verb }
}
