import { z } from 'zod'
import { type Permission, requirePermission, type TenantScope } from '@/lib/access/scope'
import { scopeForToken } from '@/lib/access/scope-for-token'
import { readRequest } from '@/lib/erasure/read-request'
import { AppError } from '@/lib/errors/app-error'
import { parseQuery } from '@/lib/integrity/log/parse-query'

export type Params = { params: Promise<Record<string, string>> }
type Handler = (request: Request, context: Params) => Promise<Response>
type Given<Path> = { scope: TenantScope; path: Path; request: Request }

export const idPathSchema = z.object({ id: z.uuid() })
export const noPathSchema = z.object({})

export const json = (body: unknown, init?: ResponseInit) =>
  Response.json(body, { ...init, headers: { 'cache-control': 'no-store', ...init?.headers } })

/**
 * Handlers below a path, for tokens: `look` wants the permission `reads`, all others name theirs. What cannot be the
 * path of one is not found, as all others.
 */
export function routePartsOf<Path>(schema: z.ZodType<Path>, noun: string, reads: Permission) {
  /** Whoever holds the permission, and what the path names. Nothing of the request is read before. */
  const admit = async (request: Request, context: Params, permission: Permission): Promise<Given<Path>> => {
    const scope = await scopeForToken(request.headers)
    requirePermission(scope, permission)
    const path = schema.safeParse((await context.params) ?? {})
    if (!path.success) throw new AppError('not_found', `There is no such ${noun} in this workspace.`)
    return { scope, path: path.data, request }
  }

  const send =
    (permission: Permission, answer: (given: Given<Path>) => Promise<Response>): Handler =>
    async (request, context) =>
      answer(await admit(request, context, permission))

  const look = (answer: (given: Given<Path>) => Promise<unknown>): Handler =>
    send(reads, async (given) => json(await answer(given)))

  const lookWith = <Query extends z.ZodObject>(
    query: Query,
    answer: (given: Given<Path>, query: z.output<Query>) => Promise<unknown>,
  ): Handler => look((given) => answer(given, parseQuery(given.request, query)))

  const act = (
    permission: Permission,
    answer: (given: Given<Path>) => Promise<unknown>,
    status = 200,
  ): Handler => send(permission, async (given) => json(await answer(given), { status }))

  const actWith = <Input>(
    permission: Permission,
    input: z.ZodType<Input> | ((body: unknown) => z.ZodType<Input>),
    answer: (given: Given<Path>, input: Input) => Promise<unknown>,
    status = 200,
  ): Handler =>
    act(permission, async (given) => answer(given, await readRequest(given.request, input)), status)

  /** Adds something, and says where it is. */
  const create = <Input, Made>(
    permission: Permission,
    input: z.ZodType<Input>,
    verb: (scope: TenantScope, input: Input) => Promise<Made>,
    locationOf: (made: Made) => string,
  ): Handler =>
    send(permission, async ({ scope, request }) => {
      const made = await verb(scope, await readRequest(request, input))
      return json(made, { status: 201, headers: { location: locationOf(made) } })
    })

  return { send, look, lookWith, act, actWith, create }
}
