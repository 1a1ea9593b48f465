import { requirePermission, type TenantScope } from '@/lib/access/scope'
import type { StoredEvent } from '@/lib/event/stored-event'
import { decodeCursor } from './cursor'
import type { TrailFilter } from './filter'
import { readFilteredHead } from './filtered-head'
import { watchHead } from './follow-head'
import { listEvents } from './list'

/** Events read at a time: enough to catch up fast, few enough to be sent in one write. */
const BATCH = 200

/** Events that pass, oldest first, and the seq up to which everything has been looked at. */
export type FollowedBatch = { events: StoredEvent[]; position: number }

/**
 * Follows the trail: first what came after the seq `after` (without it: only what comes from now on), then
 * whatever is appended, each event once and in order. Batches may hold no event: they tell the position. Going
 * on from a position loses and repeats nothing. Ends when `signal` aborts.
 * Throws `rate_limited` where too many follow.
 */
export async function followTrail(
  scope: TenantScope,
  filter: TrailFilter,
  after: number | undefined,
  signal: AbortSignal,
): Promise<AsyncGenerator<FollowedBatch>> {
  requirePermission(scope, 'events:read')
  const watch = watchHead(scope, filter)
  // Not only at the generator's end, because nobody may ever begin it.
  signal.addEventListener('abort', watch.close, { once: true })
  try {
    const start = after ?? (await readFilteredHead(scope, filter)) - 1
    return readBatches(scope, filter, start, signal, watch)
  } catch (error) {
    watch.close()
    throw error
  }
}

async function* readBatches(
  scope: TenantScope,
  filter: TrailFilter,
  start: number,
  signal: AbortSignal,
  watch: ReturnType<typeof watchHead>,
): AsyncGenerator<FollowedBatch> {
  let position = start
  try {
    yield { events: [], position }
    while (!signal.aborted) {
      const head = await watch.next(position + 1, signal)
      for (let isBehind = head > position + 1; isBehind && !signal.aborted; ) {
        const { events, next } = await listEvents(scope, filter, { after: position, limit: BATCH })
        const last = events.at(-1)?.seq ?? position
        // Without `next` all was looked at, which is at least what was there when we asked for the head.
        position = next === null ? Math.max(head - 1, last) : decodeCursor(next).seq
        isBehind = next !== null
        yield { events, position }
      }
    }
  } catch (error) {
    if (!signal.aborted) throw error
  } finally {
    watch.close()
  }
}
