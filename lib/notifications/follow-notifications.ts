import { sql } from 'drizzle-orm'
import { inTenant } from '@/lib/access/in-tenant'
import type { TenantScope } from '@/lib/access/scope'
import type { BellNote } from './bell-note'
import { watchBell } from './bell-watch'
import { type Bell, countUnread, readBell } from './read-bell'
import { type Reader, readNotes } from './read-notes'
import { requireReader } from './reader'

/** Notifications read at a time. */
const BATCH = 20
/** Who was away gets the newest so many; the others are in the bell. */
const MAX_CATCH_UP = 100

/** Notifications, oldest first, with the bell as it is then; and the number up to which all has been looked at. */
export type FollowedNotes = { notes: BellNote[]; bell: Bell; position: number }

/**
 * Follows a person's bell: first what was rung after the number `after` (without it: only what comes from now on), then
 * whatever is rung, each notification once and in order. Ends when `signal` aborts. Throws `rate_limited` where too
 * many follow.
 */
export async function followNotifications(
  scope: TenantScope,
  after: number | undefined,
  signal: AbortSignal,
): Promise<AsyncGenerator<FollowedNotes>> {
  const reader = { ...requireReader(scope), slug: scope.tenantSlug }
  const watch = watchBell(scope)
  // Not only at the generator's end, because nobody may ever begin it.
  signal.addEventListener('abort', watch.close, { once: true })
  try {
    const bell = await readBell(scope)
    const start = Math.max(Math.min(after ?? bell.newest, bell.newest), bell.newest - MAX_CATCH_UP)
    return readBatches(scope, reader, { notes: [], bell, position: start }, signal, watch)
  } catch (error) {
    watch.close()
    throw error
  }
}

async function* readBatches(
  scope: TenantScope,
  reader: Reader,
  first: FollowedNotes,
  signal: AbortSignal,
  watch: ReturnType<typeof watchBell>,
): AsyncGenerator<FollowedNotes> {
  let { position } = first
  try {
    yield first
    while (!signal.aborted) {
      const newest = await watch.next(position, signal)
      for (let isBehind = true; isBehind && !signal.aborted; ) {
        const { notes, bell } = await readAfter(scope, reader, position)
        isBehind = notes.length === BATCH
        // All numbers up to `newest` were committed before it was.
        position = isBehind ? (notes.at(-1)?.number ?? newest) : Math.max(newest, notes.at(-1)?.number ?? 0)
        yield { notes, bell, position }
      }
    }
  } catch (error) {
    if (!signal.aborted) throw error
  } finally {
    watch.close()
  }
}

function readAfter(scope: TenantScope, reader: Reader, position: number) {
  return inTenant(scope, async (tx) => ({
    notes: await readNotes(tx, reader, {
      wanted: sql`n.number > ${position}::bigint`,
      limit: BATCH,
      ascends: true,
    }),
    bell: await countUnread(tx, reader),
  }))
}
