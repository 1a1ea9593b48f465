import { sql } from 'drizzle-orm'
import type { Transaction } from '@/db/client'

/**
 * Takes away what receivers said when they were sent the events, for it may repeat them. Before anything that holds
 * the trail's counter: whoever else changes a stream locks it first, and then waits for the counter.
 */
export async function forgetAnswers(
  tx: Transaction,
  tenantId: string,
  seqs: readonly number[],
): Promise<void> {
  const erased = sql`${`{${seqs.join(',')}}`}::bigint[]`
  await tx.execute(sql`
    update delivery_streams s set last_answer = null
    where s.tenant_id = ${tenantId} and s.last_answer is not null and s.start_seq <= ${Math.max(...seqs)}`)
  await tx.execute(sql`
    update delivery_attempts a set answer = null
    where a.tenant_id = ${tenantId} and a.answer is not null
      and a.last_seq >= ${Math.min(...seqs)} and a.first_seq <= ${Math.max(...seqs)}
      and exists (select from unnest(${erased}) seq where seq between a.first_seq and a.last_seq)`)
  await tx.execute(
    sql`update warning_letters set words = words - 'answer' where tenant_id = ${tenantId} and words ? 'answer'`,
  )
}
