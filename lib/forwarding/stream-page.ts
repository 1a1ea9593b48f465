import { z } from 'zod'
import type { Transaction } from '@/db/client'
import type { StreamKey } from '@/lib/delivery/matching-events'
import type { StoredEvent } from '@/lib/event/stored-event'
import { decodeCursor, encodeCursor } from '@/lib/trail/cursor'
import { type MatchedRow, readMatching } from '@/lib/trail/read-matching'
import { toStoredEvent } from '@/lib/trail/stored-event-row'
import type { Slice } from './stream-slices'

export const DEFAULT_PAGE_SIZE = 50
const MAX_PAGE_SIZE = 500
/** Bodies of a page: above it a page ends early, so that one reader can't fill the server's memory. */
const MAX_PAGE_BYTES = 8 * 1024 * 1024
/** Versions of a filter that one page looks at: each is a search of its own, some ten milliseconds. */
const MAX_SLICES = 8

export const pageRequestSchema = z.object({
  limit: z.coerce.number().int().min(1).max(MAX_PAGE_SIZE).default(DEFAULT_PAGE_SIZE),
  cursor: z.string().optional().describe('`next` of an earlier page.'),
})
export type StreamPageRequest = { limit?: number; cursor?: string | undefined }

/** A page may have fewer events than wanted, even none, and a `next`: the search goes on there. */
export type StreamEventPage = { events: StoredEvent[]; next: string | null }

/** Our own events about the delivery to this very destination never belong to it; see `matchingEvents`. */
function isAboutItself({ type, origin, targets }: StoredEvent, destinationId: string): boolean {
  const isOurs = origin === 'console' || origin === 'system'
  return type === 'forwarding' && isOurs && (targets?.some(({ id }) => id === destinationId) ?? false)
}

const isWithin = ({ from, to }: Slice) => from < to

/**
 * The first events of the slices in reading direction that pass their filters. Run it in a transaction with one
 * snapshot. Reads a bounded number of events. Throws `invalid` for a foreign cursor.
 */
export async function readStreamPage(
  tx: Transaction,
  { tenantId, destinationId }: StreamKey,
  slices: readonly Slice[],
  { descends, limit = DEFAULT_PAGE_SIZE, cursor }: StreamPageRequest & { descends: boolean },
): Promise<StreamEventPage> {
  const place = cursor === undefined ? undefined : decodeCursor(cursor).seq
  const left = slices
    .map((slice) => {
      if (place === undefined) return slice
      return descends
        ? { ...slice, to: Math.min(slice.to, place) }
        : { ...slice, from: Math.max(slice.from, place + 1) }
    })
    .filter(isWithin)
  if (descends) left.reverse()
  const most = Math.min(limit, MAX_PAGE_SIZE)
  const rows: MatchedRow[] = []
  let edge: number | null = null
  let bytes = 0
  for (const [i, { filter, from, to }] of left.entries()) {
    const found = await readMatching(tx, {
      tenantId,
      filter,
      from,
      to,
      descends,
      nowMs: Date.now(),
      limit: most + 1 - rows.length,
      maxBytes: MAX_PAGE_BYTES - bytes,
    })
    rows.push(...found.rows)
    for (const { size } of found.rows) bytes += size
    const isEnough = i + 1 >= MAX_SLICES || bytes >= MAX_PAGE_BYTES
    if (found.rest) edge = descends ? found.rest.to : found.rest.from - 1
    else if (isEnough && i + 1 < left.length) edge = descends ? from : to - 1
    if (rows.length > most || edge !== null) break
  }
  const shown = rows.slice(0, most)
  const last = shown.at(-1)
  // The row beyond the page only says that there is one: the next page begins with it.
  if (rows.length > most && last) edge = last.seq
  return {
    events: shown.map(toStoredEvent).filter((event) => !isAboutItself(event, destinationId)),
    next: edge === null ? null : encodeCursor({ side: descends ? 'before' : 'after', seq: edge }),
  }
}
