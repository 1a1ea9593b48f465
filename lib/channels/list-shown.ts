import { and, desc, eq, lt } from 'drizzle-orm'
import { notifications } from '@/db/schema/notifications'
import { inTenant } from '@/lib/access/in-tenant'
import { requirePermission, type TenantScope } from '@/lib/access/scope'
import { readDestination } from '@/lib/forwarding/find-destination'
import { DEFAULT_PAGE_SIZE, type StreamPageRequest } from '@/lib/forwarding/stream-page'
import { listReceipts, type Receipts } from '@/lib/notifications/list-receipts'
import { decodeCursor, encodeCursor } from '@/lib/trail/cursor'

const MAX_PAGE_SIZE = 100

/** A notification of a channel, and whom it popped up for. `number` is its place in the workspace's bells. */
export type ShownView = Receipts & { number: number; at: Date; events: number }
export type ShownPage = { shown: ShownView[]; next: string | null }

/** Whom a channel's notifications popped up for, latest first. Throws `not_found`, `invalid` for a foreign cursor. */
export async function listShown(
  scope: TenantScope,
  id: string,
  { limit = DEFAULT_PAGE_SIZE, cursor }: StreamPageRequest = {},
): Promise<ShownPage> {
  requirePermission(scope, 'destinations:read')
  const before = cursor === undefined ? undefined : decodeCursor(cursor).seq
  const most = Math.min(limit, MAX_PAGE_SIZE)
  const n = notifications
  const found = await inTenant(scope, async (tx) => {
    await readDestination(tx, scope, { id, role: 'channel' })
    return tx
      .select({ number: n.number, at: n.at, events: n.events })
      .from(n)
      .where(
        and(
          eq(n.tenantId, scope.tenantId),
          eq(n.destinationId, id),
          before === undefined ? undefined : lt(n.number, before),
        ),
      )
      .orderBy(desc(n.number))
      .limit(most + 1)
  })
  const rows = found.slice(0, most)
  const receipts = await listReceipts(
    scope,
    rows.map(({ number }) => number),
  )
  const last = rows.at(-1)
  return {
    shown: rows.map((row) => ({ ...row, ...(receipts.get(row.number) ?? { people: 0, receipts: [] }) })),
    next: found.length > most && last ? encodeCursor({ side: 'before', seq: last.number }) : null,
  }
}
