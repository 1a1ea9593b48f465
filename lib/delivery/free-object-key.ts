import { sql } from 'drizzle-orm'
import { executePrepared } from '@/db/execute-prepared'
import type { FrozenRange, OpenDestination } from './destinations/contract'
import type { StreamKey } from './matching-events'

type Row = { objectKey: string; sha256: Buffer }

/**
 * The name of the object that a range becomes, where it becomes one. Under its first name another body of the same
 * range may be stored, whose answer was lost before an edit or an erasure had it planned anew: then it gets the next.
 */
export async function freeObjectKey(
  { tenantId, destinationId }: StreamKey,
  { objectKey }: OpenDestination,
  range: Omit<FrozenRange, 'destinationId' | 'edition'>,
  sha256: Buffer,
): Promise<string | undefined> {
  if (!objectKey) return undefined
  const givenUp = await executePrepared<Row>(
    'deliver',
    sql`select object_key as "objectKey", sha256 from delivery_batches
    where tenant_id = ${tenantId}::uuid and destination_id = ${destinationId}::uuid and first_seq = ${range.firstSeq}::bigint
      and state = 'replaced' and object_key is not null`,
  )
  const others = new Set(givenUp.filter((row) => !sha256.equals(row.sha256)).map((row) => row.objectKey))
  let name = objectKey({ ...range, destinationId })
  for (let edition = 1; others.has(name); edition++) name = objectKey({ ...range, destinationId, edition })
  return name
}
