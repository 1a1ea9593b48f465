import { requirePermission, type TenantScope } from '@/lib/access/scope'
import { scopeForToken } from '@/lib/access/scope-for-token'
import { parseInput } from '@/lib/errors/parse-input'
import { apiRoute } from '@/lib/http/api-route'
import { createResponse } from '@/lib/http/create-response'
import { HeldBytes } from '@/lib/trail/receive/held-bytes'
import { readJson } from '@/lib/trail/receive/read-body'
import { settingsBodySchema } from './answers'
import { getAnchorSettings, setAnchorSettings } from './settings'

async function answerSettings(scope: TenantScope): Promise<Response> {
  return createResponse(JSON.stringify(await getAnchorSettings(scope)), {
    status: 200,
    headers: { 'content-type': 'application/json', 'cache-control': 'no-store' },
  })
}

async function replaceSettings(request: Request): Promise<Response> {
  const scope = await scopeForToken(request.headers)
  requirePermission(scope, 'integrity:manage')
  const held = new HeldBytes()
  try {
    await setAnchorSettings(scope, parseInput(settingsBodySchema, await readJson(request, held)))
  } finally {
    held.release()
  }
  return answerSettings(scope)
}

/** `/api/v1/log/settings`: read by a token with `events:read`, replaced by one with `integrity:manage` as well. */
export const settingsRoute = apiRoute({
  GET: async ({ headers }) => answerSettings(await scopeForToken(headers)),
  PUT: replaceSettings,
})
