import { sql } from 'drizzle-orm'
import type { Transaction } from '@/db/client'
import type { TenantScope } from '@/lib/access/scope'
import { recordEvent } from '@/lib/audit/record-event'
import { wordsOf } from '@/lib/delivery/destinations/roles'
import { moveStream } from '@/lib/forwarding/move-stream'
import { type Progress, writeProgress } from './read-retention'

/** Rows deleted in one transaction, some 50 ms: sixteen tiles. */
const CHUNK = 4096
const DROPPED = { reason: 'Their time of retention passed.', requestedBy: 'retention' }

type Stream = { destinationId: string; nextSeq: number; kind: string; companionOf: string | null }

/**
 * Announces in the trail that events below `dropTo` go, and what destinations will never get of them: their streams
 * go on behind it at once. The events are dropped by the transactions that follow, and by nothing else.
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
    select s.destination_id as "destinationId", s.next_seq::float8 as "nextSeq", d.kind, d.companion_of as "companionOf"
    from delivery_streams s join destinations d on d.tenant_id = s.tenant_id and d.id = s.destination_id
    where s.tenant_id = ${tenantId} and s.state <> 'removed' and s.next_seq < ${dropTo}
    order by s.destination_id for update of s`)
  // Streams first, then our events, which hold the trail's head: whoever changes a stream does it in this order, too.
  for (const stream of behind) await moveStream(tx, { tenantId, ...stream }, { toSeq: dropTo, ...DROPPED })
  for (const { destinationId: id, nextSeq, ...row } of behind)
    await recordEvent(tx, scope, 'DESTINATION_SKIPPED', {
      targets: [{ type: wordsOf(row).type, id }],
      data: { from: Math.max(firstSeq, nextSeq), to: dropTo },
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
