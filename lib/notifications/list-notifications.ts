import { sql } from 'drizzle-orm'
import { inTenant } from '@/lib/access/in-tenant'
import type { TenantScope } from '@/lib/access/scope'
import type { BellNote } from './bell-note'
import { type Bell, countUnread } from './read-bell'
import { readNotes } from './read-notes'
import { requireReader } from './reader'

/** As many as a person looks through before they go on. */
const DEFAULT_PAGE_SIZE = 25
const MAX_PAGE_SIZE = 100

export type NotificationPage = {
  notes: BellNote[]
  bell: Bell
  /** Give it as `before` for what is older; null at the end. */
  next: number | null
}

/** What is in a person's bell, newest first, or from `after` on the newest of those that came since. */
export async function listNotifications(
  scope: TenantScope,
  request: { before?: number; after?: number; limit?: number } = {},
): Promise<NotificationPage> {
  const reader = { ...requireReader(scope), slug: scope.tenantSlug }
  const { before = Number.MAX_SAFE_INTEGER, after = 0 } = request
  const limit = Math.min(request.limit ?? DEFAULT_PAGE_SIZE, MAX_PAGE_SIZE)
  return inTenant(scope, async (tx) => {
    const wanted = sql`n.number < ${before}::bigint and n.number > ${after}::bigint`
    const found = await readNotes(tx, reader, { wanted, limit: limit + 1 })
    const notes = found.slice(0, limit)
    const last = notes.at(-1)
    const next = found.length > limit && last ? last.number : null
    return { notes, bell: await countUnread(tx, reader), next }
  })
}
