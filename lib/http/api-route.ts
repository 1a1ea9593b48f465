import { problem, problemResponse } from './problem'

export type Handler<Context> = (request: Request, context: Context) => Promise<Response> | Response

const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS'] as const
type Method = (typeof METHODS)[number]
export type ApiRoute<Context = unknown> = Record<Method, Handler<Context>>

function guarded<Context>(handler: Handler<Context>): Handler<Context> {
  return async (request, context) => {
    try {
      return await handler(request, context)
    } catch (error) {
      return problem(error)
    }
  }
}

/**
 * The handlers of an API route for all methods: expected and unexpected errors become problem+json, methods that
 * it doesn't have answer 405, `HEAD` is `GET` without the body, `OPTIONS` names the methods.
 */
export function apiRoute<Context = unknown>(
  handlers: Partial<Record<Method, Handler<Context>>>,
): ApiRoute<Context> {
  const allowed = [
    ...METHODS.filter((method) => handlers[method]),
    ...(handlers.GET ? ['HEAD'] : []),
    'OPTIONS',
  ]
  const allow = allowed.join(', ')
  const refuse: Handler<Context> = ({ method }) =>
    problemResponse(
      405,
      'Method not allowed',
      `${method} is not possible here; possible are ${allow}.`,
      {},
      { allow },
    )
  const get = handlers.GET && guarded(handlers.GET)
  const head: Handler<Context> | undefined =
    get &&
    (async (request, context) => {
      const { status, headers } = await get(request, context)
      return new Response(null, { status, headers })
    })
  const found = (method: Method) => (handlers[method] ? guarded(handlers[method]) : refuse)
  return {
    GET: get ?? refuse,
    POST: found('POST'),
    PUT: found('PUT'),
    PATCH: found('PATCH'),
    DELETE: found('DELETE'),
    HEAD: head ?? refuse,
    OPTIONS: () => new Response(null, { status: 204, headers: { allow } }),
  }
}
