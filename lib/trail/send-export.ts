import { requirePermission, type TenantScope } from '@/lib/access/scope'
import { scopeForToken } from '@/lib/access/scope-for-token'
import { createResponse } from '@/lib/http/create-response'
import { exportEvents } from './export/export-events'
import { exportSchema } from './export/input'
import { MEDIA_TYPES } from './export/write-format'
import { parseTrailQuery } from './parse-request'

/** `GET /api/v1/events/export`: a token with `events:read` takes everything that passes, as a file. */
export async function sendExport(request: Request): Promise<Response> {
  const { headers, url } = request
  const recheck = async () => requirePermission(await scopeForToken(headers), 'events:read')
  return answerExport(await scopeForToken(headers), request, new URL(url).searchParams, recheck)
}

/**
 * The file, for whoever has the scope. `recheck` throws once they may not read any more; `id` is the export's name
 * for who watches its progress.
 */
export async function answerExport(
  scope: TenantScope,
  request: Request,
  params: URLSearchParams,
  recheck: () => Promise<void>,
  id?: string,
): Promise<Response> {
  const { filter, query } = parseTrailQuery(params, exportSchema)
  const headers = {
    'content-type': MEDIA_TYPES[query.format],
    'cache-control': 'no-store',
    // A proxy that collects it first would hide its progress and its end.
    'x-accel-buffering': 'no',
  }
  if (request.method === 'HEAD') {
    requirePermission(scope, 'events:read')
    return createResponse(null, { headers })
  }
  const { firstSeq, throughSeq, body } = await exportEvents(scope, filter, query, id, recheck)
  const name = `${scope.tenantSlug}-trail-${throughSeq}.${query.format}`
  return createResponse(body, {
    headers: {
      ...headers,
      'content-disposition': `attachment; filename="${name}"`,
      'x-spoor-first-seq': String(firstSeq),
      'x-spoor-through-seq': String(throughSeq),
    },
  })
}
