import { sql } from 'drizzle-orm'
import type { Transaction } from '@/db/client'
import type { TenantScope } from '@/lib/access/scope'
import { recordEvent } from '@/lib/audit/record-event'
import { forgetReferences } from '@/lib/ledger/matching/forget-references'
import { forgetAnswers } from './forget-answers'
import type { Change } from './redact-row'

/** What the notice says: nothing of what is erased, and nothing by which it could be guessed. */
export type NoticeFacts = {
  pointers: readonly string[]
  reasonCode: string
  /** Who asked for it. */
  by: string
  erasureId?: string
}

/**
 * Puts the notice into the trail and takes the values out of the events, which must be sealed and locked
 * (`lockBlocks`), in the caller's transaction: its last statements, because the notice holds the trail's counter.
 */
export async function redactEvents(
  tx: Transaction,
  scope: TenantScope,
  changes: readonly Change[],
  { pointers, ...facts }: NoticeFacts,
): Promise<void> {
  if (changes.length === 0) return
  const seqs = changes.map(({ seq }) => seq)
  await forgetAnswers(tx, scope.tenantId, seqs)
  await forgetReferences(tx, scope.tenantId, changes)
  await recordEvent(tx, scope, 'EVENTS_ERASED', {
    count: changes.length,
    data: { targets: seqs, pointers: [...pointers], ...facts },
  })
  // The counter is ours until the commit, so the notice is the last event there is.
  await tx.execute(sql`
    select redact_events(
      (select next_seq - 1 from trail_heads where tenant_id = ${scope.tenantId}), ${JSON.stringify(changes)}::json)`)
}
