import { sql } from 'drizzle-orm'
import type { Transaction } from '@/db/client'
import { inTenant } from '@/lib/access/in-tenant'
import type { TenantScope } from '@/lib/access/scope'
import { MAX_UNREAD } from './max-unread'
import { readerRow, requireReader } from './reader'

/** Of the newest so many, whoever they are for, unread ones are counted. */
const MAX_LOOKED_AT = 1_000

/** `unread` ends at 100, which means more than 99. `newest` is the number that was rung last, whomever it is for. */
export type Bell = { unread: number; newest: number }

/** What every page shows of a person's bell: one look at one index. */
export async function readBell(scope: TenantScope): Promise<Bell> {
  const reader = requireReader(scope)
  return inTenant(scope, (tx) => countUnread(tx, reader))
}

/** The same within a transaction. */
export async function countUnread(
  tx: Transaction,
  reader: { tenantId: string; userId: string },
): Promise<Bell> {
  const [bell] = await tx.execute<Bell>(sql`
    select coalesce((select next_number - 1 from notification_heads where tenant_id = ${reader.tenantId}::uuid), 0)::float8
      as newest, (
      select count(*)::int from (
        select from (
          select n.roles, n.at, me.role, me.joined_at from ${readerRow(reader)}, notifications n
          where n.tenant_id = ${reader.tenantId}::uuid and n.number > me.read_number
          order by n.number desc limit ${MAX_LOOKED_AT}) recent
        where role = any(roles) and at >= joined_at limit ${MAX_UNREAD + 1}) counted) as unread`)
  if (!bell) throw new Error('a query without a condition answers with a row')
  return bell
}
