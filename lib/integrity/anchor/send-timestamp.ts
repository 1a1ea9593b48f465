import { and, desc, eq } from 'drizzle-orm'
import { logAnchors } from '@/db/schema/anchors'
import { inTenant } from '@/lib/access/in-tenant'
import { requirePermission, type TenantScope } from '@/lib/access/scope'
import { scopeForToken } from '@/lib/access/scope-for-token'
import { AppError } from '@/lib/errors/app-error'
import { parseInput } from '@/lib/errors/parse-input'
import { apiRoute } from '@/lib/http/api-route'
import { createResponse } from '@/lib/http/create-response'
import { toAnchor } from './anchor'
import { timestampPathSchema } from './answers'

/** RFC 3161 section 3.2. */
export const TIMESTAMP_TYPE = 'application/timestamp-reply'

/** The latest time stamp of the checkpoint of that size: DER of a TimeStampResp. Throws `not_found`. */
export async function getTimestamp(scope: TenantScope, size: number): Promise<Buffer> {
  requirePermission(scope, 'events:read')
  const [row] = await inTenant(scope, (tx) =>
    tx
      .select()
      .from(logAnchors)
      .where(
        and(
          eq(logAnchors.tenantId, scope.tenantId),
          eq(logAnchors.kind, 'rfc3161'),
          eq(logAnchors.size, size),
        ),
      )
      .orderBy(desc(logAnchors.epoch), desc(logAnchors.at))
      .limit(1),
  )
  const anchor = row && toAnchor(row)
  if (anchor?.kind !== 'rfc3161')
    throw new AppError('not_found', `No checkpoint of ${size} events was stamped by an authority.`)
  return Buffer.from(anchor.response, 'base64')
}

/** `/api/v1/log/checkpoints/{size}/timestamp`: a token with `events:read` takes a `.tsr` file. */
export const timestampRoute = apiRoute<{ params: Promise<{ size: string }> }>({
  GET: async ({ headers }, { params }) => {
    const scope = await scopeForToken(headers)
    const { size } = parseInput(timestampPathSchema, await params)
    const stamp = await getTimestamp(scope, size)
    return createResponse(new Uint8Array(stamp), {
      status: 200,
      headers: {
        'content-type': TIMESTAMP_TYPE,
        'content-disposition': `attachment; filename="checkpoint-${size}.tsr"`,
        'cache-control': 'no-store',
      },
    })
  },
})
