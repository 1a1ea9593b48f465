import { eventHref } from '@/components/trail/event-href'
import { EventPager } from '@/components/trail/event-pager'
import { trailHref, withCursor } from '@/components/trail/trail-url'
import { filterParams, pageOrder } from '@/components/trail/trail-view'
import type { TenantScope } from '@/lib/access/scope'
import { AppError } from '@/lib/errors/app-error'
import type { StoredEvent } from '@/lib/event/stored-event'
import type { TrailFilter } from '@/lib/trail/filter'
import { parseFilter } from '@/lib/trail/filter-url'
import { readNeighbours } from '@/lib/trail/surroundings'

type Props = { scope: TenantScope; seq: number; path: string; params: URLSearchParams }

/** The ways to the next events of the view that the reader came from, and back to it. */
export async function BesideEvent({ scope, seq, path, params }: Props) {
  const filter = readFilter(params)
  const { newer, older, newerCursor, olderCursor } = await readNeighbours(scope, filter, seq, 1)
  const query = params.toString()
  // Where the next event is too far away to wait for it here, the trail goes on looking.
  const href = (event: StoredEvent | undefined, cursor: string | null) =>
    event
      ? eventHref(path, event.id, query)
      : (cursor && trailHref(path, withCursor(params, cursor))) || undefined
  return (
    <EventPager
      back={trailHref(path, params)}
      newer={href(newer[0], newerCursor)}
      older={href(older[0], olderCursor)}
      isFiltered={Object.keys(filter).length > 0}
      isAscending={pageOrder(params) === 'asc'}
    />
  )
}

/** An address that says no filter leads through the whole trail; the trail page says what is wrong with it. */
function readFilter(params: URLSearchParams): TrailFilter {
  try {
    return parseFilter(filterParams(params))
  } catch (error) {
    if (error instanceof AppError && error.code === 'invalid') return {}
    throw error
  }
}
