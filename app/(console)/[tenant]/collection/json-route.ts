import type { z } from 'zod'
import { memberOf } from '@/app/(console)/[tenant]/trail/member-of'
import { type Permission, requirePermission, type TenantScope } from '@/lib/access/scope'
import { MAX_TABLE_BYTES } from '@/lib/collection/tables/input'
import { AppError } from '@/lib/errors/app-error'
import { parseInput } from '@/lib/errors/parse-input'
import { apiRoute } from '@/lib/http/api-route'
import { requireSameOrigin } from '@/lib/http/same-origin'
import { HeldBytes } from '@/lib/trail/receive/held-bytes'
import { parseJsonBytes, readBody } from '@/lib/trail/receive/read-body'
import { requireStorable } from './require-storable'

type Context = { params: Promise<{ tenant: string; act: string }> }
type Act = (scope: TenantScope, request: Request) => Promise<unknown>

/** The largest table, with quotes and line ends escaped as JSON does. */
const MAX_BYTES = MAX_TABLE_BYTES * 1.5

/** One act of `jsonRoute`: who may, what it takes, what it does. Nothing is read for those who may not. */
export function jsonAct<Input>(
  permission: Permission,
  schema: z.ZodType<Input>,
  verb: (scope: TenantScope, input: Input) => Promise<unknown>,
): Act {
  return async (scope, request) => {
    requirePermission(scope, permission)
    const held = new HeldBytes()
    try {
      const body = parseJsonBytes(await readAll(request, held))
      requireStorable(body)
      return await verb(scope, parseInput(schema, body))
    } finally {
      held.release()
    }
  }
}

/**
 * Like `jsonAction`, for what can be larger than a form of this console: for members, by their session and from pages
 * of ours, which take it by `sendJson`.
 */
export function jsonRoute(acts: Readonly<Record<string, Act>>) {
  return apiRoute<Context>({
    POST: async (request, { params }) => {
      requireSameOrigin(request)
      const { tenant, act: name } = await params
      const scope = await memberOf(request, tenant)
      const act = Object.hasOwn(acts, name) ? acts[name] : undefined
      if (!act) throw new AppError('not_found', 'There is no such page.')
      const result = await act(scope, request)
      return Response.json({ result }, { headers: { 'cache-control': 'no-store' } })
    },
  })
}

async function readAll(request: Request, held: HeldBytes): Promise<Buffer> {
  const chunks: Buffer[] = []
  let bytes = 0
  for await (const chunk of readBody(request)) {
    bytes += chunk.length
    if (bytes > MAX_BYTES)
      throw new AppError('too_large', `This is larger than ${MAX_BYTES / 2 ** 20} MiB. Leave out rows.`)
    held.take(chunk.length)
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}
