import { sql } from 'drizzle-orm'
import { executePrepared } from '@/db/execute-prepared'
import type { FrozenBatch } from './frozen-batch'
import type { Lane } from './lane'
import type { StreamKey } from './matching-events'

/** The last object of a lane. */
export type PreviousObject = {
  objectKey: string
  sha256: Uint8Array
  /** The next object may begin here: nothing behind it was skipped. */
  adjoinsFrom: number
}

/** The object that was stored before those to come. A replay's objects are a chain of their own. */
export async function readPreviousObject(
  { tenantId, destinationId }: StreamKey,
  { replay }: Lane,
): Promise<PreviousObject | undefined> {
  const [row] = await executePrepared<PreviousObject>(
    'deliver',
    sql`select b.object_key as "objectKey", b.sha256, b.last_seq + 1 as "adjoinsFrom"
    from delivery_batches b where b.tenant_id = ${tenantId}::uuid and b.destination_id = ${destinationId}::uuid
      and b.state = 'done' and b.object_key is not null
      and b.replay_id is not distinct from ${replay?.id ?? null}::uuid
    order by b.settled_at desc, b.last_seq desc limit 1`,
  )
  if (!row) return undefined
  return { ...row, adjoinsFrom: await withoutSkips({ tenantId, destinationId }, row.adjoinsFrom) }
}

/** What people had skipped stays a gap that everybody sees. */
async function withoutSkips({ tenantId, destinationId }: StreamKey, from: number): Promise<number> {
  const [row] = await executePrepared<{ to: number | null }>(
    'deliver',
    sql`select max(to_seq) as to from delivery_skips
    where tenant_id = ${tenantId}::uuid and destination_id = ${destinationId}::uuid and to_seq > ${from}::bigint`,
  )
  return Math.max(from, row?.to ?? from)
}

/** What the next object names, once this one is stored. */
export function toPrevious({ objectKey, sha256, lastSeq }: FrozenBatch): PreviousObject | undefined {
  return objectKey === null ? undefined : { objectKey, sha256, adjoinsFrom: lastSeq + 1 }
}
