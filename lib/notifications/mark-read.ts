import { sql } from 'drizzle-orm'
import { z } from 'zod'
import { inTenant } from '@/lib/access/in-tenant'
import type { TenantScope } from '@/lib/access/scope'
import { type Bell, countUnread } from './read-bell'
import { requireReader } from './reader'

/** Up to which number; what is rung after a page was made stays unread. */
export const markReadSchema = z.strictObject({
  number: z.coerce.number().int().min(0).max(Number.MAX_SAFE_INTEGER),
})
export type MarkRead = z.infer<typeof markReadSchema>

/** Takes notifications for read, up to a number: in all of the person's browsers, and never backwards. */
export async function markRead(scope: TenantScope, { number }: MarkRead): Promise<Bell> {
  const reader = requireReader(scope)
  const { tenantId, userId } = reader
  return inTenant(scope, async (tx) => {
    await tx.execute(sql`
      insert into notification_readers as r (tenant_id, user_id, read_number)
      select h.tenant_id, ${userId}::uuid, least(${number}::bigint, h.next_number - 1)
      from notification_heads h where h.tenant_id = ${tenantId}::uuid
      on conflict (tenant_id, user_id) do update
        set read_number = excluded.read_number, updated_at = now()
        where r.read_number < excluded.read_number`)
    return countUnread(tx, reader)
  })
}
