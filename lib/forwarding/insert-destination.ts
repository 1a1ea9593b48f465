import { randomBytes } from 'node:crypto'
import { type SQL, sql } from 'drizzle-orm'
import type { Transaction } from '@/db/client'
import { deliveryStreams, destinationFilters, destinations } from '@/db/schema/delivery'
import { firstLimit } from '@/lib/delivery/batch-limit'
import { mergeSecrets, sealSecrets } from '@/lib/delivery/destination-secrets'
import type { Configured, OpenDestination } from '@/lib/delivery/destinations/contract'
import type { MaskingRule } from '@/lib/delivery/masking/masking-rule'
import type { StreamKey } from '@/lib/delivery/matching-events'
import { firstDueAt } from '@/lib/delivery/schedule'
import type { TrailFilter } from '@/lib/trail/filter'
import { streamSchedule } from './stream-schedule'

export type NewDestination = {
  kind: string
  configured: Configured
  note: string
  masking: readonly MaskingRule[]
  carriesMatches: boolean
  filter: TrailFilter
  companionOf?: string
}

/** By which equal values show to one receiver, and to nobody else. */
export const newMaskingKey = () => randomBytes(32).toString('base64')

/** Everything of a new destination but its stream. Returns the names of its secrets. */
export async function insertDestination(
  tx: Transaction,
  key: StreamKey,
  { kind, configured, note, masking, carriesMatches, filter, companionOf }: NewDestination,
): Promise<{ secretNames: string[] }> {
  const { tenantId, destinationId: id } = key
  const { config, secrets } = configured
  const sealed = sealSecrets(key, mergeSecrets({ maskingKey: newMaskingKey() }, secrets))
  const shown = { note, config, masking, carriesMatches }
  await tx
    .insert(destinations)
    .values({ tenantId, id, kind, ...shown, ...sealed, ...(companionOf && { companionOf }) })
  await tx.insert(destinationFilters).values({ ...key, version: 1, fromSeq: 0, filter })
  return { secretNames: sealed.secretNames }
}

/** The place behind everything that is in the trail. After an event of our own nobody appends until the commit. */
export const trailEnd = (tenantId: string): SQL<number> =>
  sql`(select next_seq from trail_heads where tenant_id = ${tenantId})`

/** Where the stream of a new destination begins, and whether it is switched on. */
type Beginning = { start: SQL<number> | number; state?: 'active' | 'paused' }

export async function insertStream(
  tx: Transaction,
  key: StreamKey,
  destination: OpenDestination,
  { start, state = 'active' }: Beginning,
): Promise<void> {
  const schedule = streamSchedule(key.destinationId, destination)
  await tx.insert(deliveryStreams).values({
    ...key,
    state,
    startSeq: start,
    nextSeq: start,
    batchLimit: firstLimit(destination.maxEvents),
    ...schedule,
    dueAt: firstDueAt(key.tenantId, schedule),
  })
}
