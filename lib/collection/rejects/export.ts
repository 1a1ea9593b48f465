import { inTenant } from '@/lib/access/in-tenant'
import { requirePermission, type TenantScope } from '@/lib/access/scope'
import { createResponse } from '@/lib/http/create-response'
import { toCsvLine } from '@/lib/trail/export/csv'
import type { WhichRejects } from './input'
import type { RejectPlace } from './page-end'
import { readRejects, whichRejects } from './read-rejects'

/** Rows of some hundred bytes as a rule; of long ones a page has fewer. */
const PAGE_ROWS = 200
const COLUMNS = ['file', 'line', 'column', 'value', 'reason', 'code', 'state', 'raw']

/**
 * The rejects that fit as a CSV file (RFC 4180) that is read as fast as it is consumed; texts that a spreadsheet would
 * run begin with an apostrophe. Throws `not_found` for a silo that isn't there.
 */
export async function exportRejects(scope: TenantScope, which: WhichRejects): Promise<Response> {
  requirePermission(scope, 'collection:read')
  // What can't be answered is said before the file begins.
  await inTenant(scope, (tx) => whichRejects(tx, scope, which))
  const name = `${scope.tenantSlug}-${which.silo ?? 'all'}-rejects.csv`
  return createResponse(toStream(writeRejects(scope, which)), {
    headers: {
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': `attachment; filename="${name}"`,
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
      'x-accel-buffering': 'no',
    },
  })
}

/** Reads on only when somebody takes it. */
function toStream(pieces: AsyncGenerator<Uint8Array>): ReadableStream<Uint8Array> {
  return new ReadableStream(
    {
      pull: async (controller) => {
        const { value, done } = await pieces.next()
        if (done) controller.close()
        else controller.enqueue(value)
      },
      cancel: async () => {
        await pieces.return(undefined)
      },
    },
    { highWaterMark: 0 },
  )
}

async function* writeRejects(scope: TenantScope, which: WhichRejects): AsyncGenerator<Uint8Array> {
  const encoder = new TextEncoder()
  yield encoder.encode(toCsvLine(COLUMNS))
  let after: RejectPlace | undefined
  for (;;) {
    const { rejects, next } = await inTenant(scope, async (tx) =>
      readRejects(tx, await whichRejects(tx, scope, which), after, PAGE_ROWS),
    )
    const lines = rejects.map(({ file, line, column, value, reason, code, state, raw }) =>
      toCsvLine([file.name, line, column ?? '', value ?? '', reason, code, state, raw ?? '']),
    )
    yield encoder.encode(lines.join(''))
    if (!next) return
    after = next
  }
}
