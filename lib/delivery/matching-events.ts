import { eq, type SQL, sql } from 'drizzle-orm'
import { events } from '@/db/schema/events'
import type { TrailFilter } from '@/lib/trail/filter'
import { filterConditions } from '@/lib/trail/filter-conditions'

export type StreamKey = { tenantId: string; destinationId: string }

/**
 * Our own events about the delivery to this very destination: feeding them to it would make each failure or test
 * the cause of the next delivery. `case` keeps bodies unparsed except for those few.
 */
function isAboutItself(destinationId: string): SQL {
  const target = JSON.stringify([{ id: destinationId }])
  return sql`case when ${events.type} = 'forwarding' and ${events.origin} in ('console', 'system')
    then coalesce(${events.body}::jsonb -> 'targets' @> ${target}::jsonb, false) else false end`
}

/** Conditions under which an event belongs to a stream; all must hold. One place for sending, retrying and counting. */
export function matchingEvents({ tenantId, destinationId }: StreamKey, filter: TrailFilter): SQL[] {
  return [
    eq(events.tenantId, tenantId),
    ...filterConditions(filter),
    sql`not ${isAboutItself(destinationId)}`,
  ]
}
