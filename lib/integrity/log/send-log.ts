import type { z } from 'zod'
import { env } from '@/env'
import { inTenant } from '@/lib/access/in-tenant'
import { requirePermission, type TenantScope } from '@/lib/access/scope'
import { scopeForToken } from '@/lib/access/scope-for-token'
import { noteRead } from '@/lib/audit/note-read'
import { createResponse } from '@/lib/http/create-response'
import { describeLog } from './describe-log'
import { listCheckpoints } from './list-checkpoints'
import {
  checkpointsQuerySchema,
  consistencyQuerySchema,
  inclusionQuerySchema,
  keysQuerySchema,
} from './log-queries'
import { parseQuery } from './parse-query'
import { policyText } from './policy-text'
import { proveConsistency } from './prove-consistency'
import { proveEvent } from './prove-event'
import { proveInclusion } from './prove-inclusion'
import { readKeys } from './read-keys'
import { requireLog } from './require-log'
import { answerNote } from './send-checkpoint'

const NO_STORE = { 'cache-control': 'no-store' }
const TEXT = { 'content-type': 'text/plain; charset=utf-8', ...NO_STORE }

const json = (answer: object) =>
  createResponse(JSON.stringify(answer), {
    status: 200,
    headers: { 'content-type': 'application/json', ...NO_STORE },
  })

function sender<Schema extends z.ZodObject>(
  schema: Schema,
  read: (scope: TenantScope, query: z.output<Schema>) => Promise<object>,
) {
  return async (request: Request): Promise<Response> => {
    const scope = await scopeForToken(request.headers)
    return json(await read(scope, parseQuery(request, schema)))
  }
}

/** `GET /api/v1/log`: the log as it stands. */
export async function sendLog(request: Request): Promise<Response> {
  const scope = await scopeForToken(request.headers)
  return json({ ...(await describeLog(scope)), keysUrl: `${env.publicUrl()}/api/v1/log/keys` })
}

/** `GET /api/v1/log/checkpoint`: the latest one, as the log itself serves it. */
export async function sendLatestCheckpoint(request: Request): Promise<Response> {
  const scope = await scopeForToken(request.headers)
  requirePermission(scope, 'events:read')
  const { note } = await inTenant(scope, (tx) => requireLog(tx, scope.tenantId))
  return answerNote(request, note, false)
}

/** `GET /api/v1/log/keys`: public keys, or a policy that believes them. */
export async function sendKeys(request: Request): Promise<Response> {
  const scope = await scopeForToken(request.headers)
  const { format, epoch } = parseQuery(request, keysQuerySchema)
  const keys = await readKeys(scope)
  return format === 'policy'
    ? createResponse(policyText(keys, epoch), { status: 200, headers: TEXT })
    : json(keys)
}

/** `GET /api/v1/log/proof/inclusion`: that an event's leaf is in the tree. */
export const sendInclusion = sender(inclusionQuerySchema, proveInclusion)

/** `GET /api/v1/log/proof/consistency`: that a tree only grew. */
export const sendConsistency = sender(consistencyQuerySchema, proveConsistency)

/** `GET /api/v1/log/checkpoints`: those that were kept. */
export const sendCheckpoints = sender(checkpointsQuerySchema, (scope, { before, at }) =>
  listCheckpoints(scope, { before, at: at === undefined ? undefined : new Date(at) }),
)

/** `GET /api/v1/events/{id}/proof`: one event and its proof, as a file. */
export async function sendEventProof(request: Request, id: string): Promise<Response> {
  const scope = await scopeForToken(request.headers)
  const proof = await proveEvent(scope, id)
  await noteRead(scope, 'event')
  const headers = { ...TEXT, 'content-disposition': `attachment; filename="${id.toLowerCase()}.tlog-proof"` }
  return createResponse(proof, { status: 200, headers })
}
