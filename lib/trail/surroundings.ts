import type { TenantScope } from '@/lib/access/scope'
import type { StoredEvent } from '@/lib/event/stored-event'
import { encodeCursor } from './cursor'
import type { TrailFilter } from './filter'
import { listEvents } from './list'

/** Events before and after in the whole trail, and of the same actor, target or session. */
const AROUND = 10
const RELATED = 5

/** A search that finds too little looks that much further, some 0.1 s each time. */
const MAX_READS = 4

/**
 * The nearest events on both sides, each list newest first as the trail is read. A cursor stands where the search
 * ended before it was done: the next event of the filter is far away, if there is one.
 */
export type Neighbours = {
  newer: StoredEvent[]
  older: StoredEvent[]
  newerCursor: string | null
  olderCursor: string | null
}

export type SurroundingName = 'around' | 'actor' | 'target' | 'session'

/** One view on what surrounds an event; `value` is what its events share, and what the filter of that name takes. */
export type Surrounding = { name: SurroundingName; value?: string; neighbours: Promise<Neighbours> }

/** The events that pass the filter right before and right after a place in the trail, `count` on each side at most. */
export async function readNeighbours(
  scope: TenantScope,
  filter: TrailFilter,
  seq: number,
  count: number,
): Promise<Neighbours> {
  const [newer, older] = await Promise.all([
    readBeside(scope, filter, encodeCursor({ side: 'after', seq }), count, 'prev'),
    readBeside(scope, filter, encodeCursor({ side: 'before', seq }), count, 'next'),
  ])
  return {
    newer: newer.events,
    older: older.events,
    newerCursor: newer.cursor,
    olderCursor: older.cursor,
  }
}

/** Follows one cursor of pages that are read newest first: `prev` leads to newer ones. */
async function readBeside(
  scope: TenantScope,
  filter: TrailFilter,
  start: string,
  count: number,
  direction: 'next' | 'prev',
): Promise<{ events: StoredEvent[]; cursor: string | null }> {
  let events: StoredEvent[] = []
  let cursor: string | null = start
  for (let reads = 0; reads < MAX_READS && cursor !== null && events.length < count; reads++) {
    const limit = count - events.length
    const page = await listEvents(scope, filter, { order: 'desc', limit, cursor })
    events = direction === 'next' ? [...events, ...page.events] : [...page.events, ...events]
    cursor = page[direction]
  }
  return { events, cursor: events.length < count ? cursor : null }
}

/**
 * What happened just before and after an event, and what its actor did, what befell its target, what belongs to its
 * session, as far as it names them. The answers come one after the other, so that a reader never holds more than
 * two connections; each may fail alone.
 */
export function readSurroundings(scope: TenantScope, event: StoredEvent): Surrounding[] {
  let before: Promise<unknown> = Promise.resolve()
  return surroundingsOf(event).map(({ name, value }) => {
    const filter: TrailFilter = name === 'around' ? {} : { [name]: { include: [value], exclude: [] } }
    const count = name === 'around' ? AROUND : RELATED
    const neighbours = before.then(() => readNeighbours(scope, filter, event.seq, count))
    // Whoever waits for it hears of its failure; the next one only waits for its end.
    before = neighbours.catch(() => undefined)
    return { name, value, neighbours }
  })
}

function surroundingsOf({ actor, targets = [] }: StoredEvent): { name: SurroundingName; value?: string }[] {
  // Filters know the first two targets.
  const target = targets.slice(0, 2).find(({ name }) => name)?.name
  const shared: [SurroundingName, string | undefined][] = [
    ['actor', actor?.login ?? actor?.identity ?? actor?.id],
    ['target', target],
    ['session', actor?.sessionId],
  ]
  return [
    { name: 'around' },
    ...shared.flatMap(([name, value]) => (value === undefined ? [] : [{ name, value }])),
  ]
}
