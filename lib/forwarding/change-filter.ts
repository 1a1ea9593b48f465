import type { Transaction } from '@/db/client'
import { destinationFilters } from '@/db/schema/delivery'
import type { StreamKey } from '@/lib/delivery/matching-events'
import { canonicalJson } from '@/lib/integrity/jcs'
import type { TrailFilter } from '@/lib/trail/filter'
import { trailEnd } from './insert-destination'

/**
 * Makes the filter that judges what comes from now on, if it is another one. Call it after our own event, whose
 * commit holds the counter: the version begins right behind it.
 */
export async function changeFilter(
  tx: Transaction,
  key: StreamKey,
  current: { version: number; filter: TrailFilter },
  filter: TrailFilter,
): Promise<void> {
  if (canonicalJson(filter) === canonicalJson(current.filter)) return
  const version = current.version + 1
  await tx.insert(destinationFilters).values({ ...key, version, fromSeq: trailEnd(key.tenantId), filter })
}
