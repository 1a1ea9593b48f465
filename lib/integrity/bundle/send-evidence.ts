import { requirePermission, type TenantScope } from '@/lib/access/scope'
import { scopeForToken } from '@/lib/access/scope-for-token'
import { createResponse } from '@/lib/http/create-response'
import { exportEvidence } from './export-evidence'
import { parseEvidenceRequest } from './parse-evidence-request'
import type { EvidenceRequest } from './request'

export const BUNDLE_MEDIA_TYPE = 'application/jsonl'
export const BUNDLE_HEADERS = {
  'content-type': BUNDLE_MEDIA_TYPE,
  'cache-control': 'no-store',
  // A proxy that collects it first would hide its end.
  'x-accel-buffering': 'no',
}

/** `POST /api/v1/evidence`: a token with `events:read` takes a bundle. */
export async function sendEvidence(request: Request): Promise<Response> {
  const { headers } = request
  const scope = await scopeForToken(headers)
  requirePermission(scope, 'events:read')
  const recheck = async () => requirePermission(await scopeForToken(headers), 'events:read')
  return answerEvidence(scope, await parseEvidenceRequest(request), recheck)
}

/** The file, for whoever has the scope. `recheck` throws once they may not read any more; `id` names it for `findExport`. */
export async function answerEvidence(
  scope: TenantScope,
  wanted: EvidenceRequest,
  recheck: () => Promise<void>,
  id?: string,
): Promise<Response> {
  const { name, body } = await exportEvidence(scope, wanted, recheck, id)
  const headers = { ...BUNDLE_HEADERS, 'content-disposition': `attachment; filename="${name}"` }
  return createResponse(body, { headers })
}
