import { sql } from 'drizzle-orm'
import type { Transaction } from '@/db/client'
import type { TenantScope } from '@/lib/access/scope'
import { recordEvent } from '@/lib/audit/record-event'
import { type Progress, writeProgress } from './read-retention'

/** Rows deleted in one transaction, some 50 ms: sixteen tiles. */
const CHUNK = 4096

type Stream = { destination_id: string; next_seq: string; config: { note?: string } }

/**
 * Announces in the trail that events below `dropTo` go, and what destinations will never get of them. They are
 * dropped by the transactions that follow, and by nothing else.
 */
export async function announceDrop(
  tx: Transaction,
  scope: TenantScope,
  { firstSeq, dropTo }: { firstSeq: number; dropTo: number },
): Promise<void> {
  const { tenantId } = scope
  const [log] = await tx.execute<{ size: string; root: Buffer }>(
    sql`select size, root from log_heads where tenant_id = ${tenantId}`,
  )
  const behind = await tx.execute<Stream>(sql`
    select destination_id, next_seq from delivery_streams
    where tenant_id = ${tenantId} and state <> 'removed' and next_seq < ${dropTo} order by destination_id`)
  for (const { destination_id: id, next_seq } of behind)
    await recordEvent(tx, scope, 'DESTINATION_SKIPPED', {
      targets: [{ type: 'destination', id }],
      data: { from: Math.max(firstSeq, Number(next_seq)), to: dropTo },
    })
  await recordEvent(tx, scope, 'EVENTS_DROPPED', {
    count: dropTo - firstSeq,
    data: { minIndex: dropTo, size: Number(log?.size), root: log?.root.toString('base64') },
  })
  const [head] = await tx.execute<{ notice: string }>(
    sql`select next_seq - 1 as notice from trail_heads where tenant_id = ${tenantId}`,
  )
  await writeProgress(tx, tenantId, { dropTo, noticeSeq: Number(head?.notice), heldBy: null })
}

/** Drops the next chunk of what was announced. */
export async function dropChunk(
  tx: Transaction,
  tenantId: string,
  firstSeq: number,
  progress: Progress,
): Promise<number> {
  const dropTo = progress.dropTo ?? firstSeq
  const upTo = Math.min(dropTo, firstSeq - (firstSeq % CHUNK) + CHUNK)
  const becomes = (role: string) => sql`select set_config('role', ${role}, true)`
  await tx.execute(becomes('spoor_retain'))
  const [row] = await tx.execute<{ dropped: number }>(
    sql`select drop_events(${progress.noticeSeq}, ${upTo}) as dropped`,
  )
  await tx.execute(becomes('spoor_app'))
  const dropped = row?.dropped ?? 0
  await writeProgress(tx, tenantId, {
    droppedEvents: progress.droppedEvents + dropped,
    ...(upTo >= dropTo && { dropTo: null, noticeSeq: null }),
  })
  return dropped
}
