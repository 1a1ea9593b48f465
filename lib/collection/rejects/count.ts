import { count, desc } from 'drizzle-orm'
import { collectionRejects } from '@/db/schema/silos'
import { inTenant } from '@/lib/access/in-tenant'
import { requirePermission, type TenantScope } from '@/lib/access/scope'
import type { RejectCode } from '@/lib/collection/reject'
import type { WhichRejects } from './input'
import { whichRejects } from './read-rejects'

/** How many rejects there are, and how many of each reason, the most frequent first. */
export type RejectCounts = { total: number; codes: { code: RejectCode; count: number }[] }

/** Counts the rejects that fit. Throws `not_found` for a silo that isn't there. */
export async function countRejects(scope: TenantScope, which: WhichRejects): Promise<RejectCounts> {
  requirePermission(scope, 'collection:read')
  const { code } = collectionRejects
  const rows = await inTenant(scope, async (tx) =>
    tx
      .select({ code, count: count() })
      .from(collectionRejects)
      .where(await whichRejects(tx, scope, which))
      .groupBy(code)
      .orderBy(desc(count()), code),
  )
  const codes = rows.map((row) => ({ ...row, code: row.code as RejectCode }))
  return { total: codes.reduce((sum, row) => sum + row.count, 0), codes }
}
