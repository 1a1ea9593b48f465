import { desc, eq } from 'drizzle-orm'
import { ledgerImports } from '@/db/schema/ledger'
import { inTenant } from '@/lib/access/in-tenant'
import { requirePermission, type TenantScope } from '@/lib/access/scope'
import { SUMMARY, toSummary } from './import-row'
import type { ImportSummary } from './import-view'

/** Older ones are events in the trail. */
const MOST = 100

/** The latest imports, latest first. */
export async function listImports(scope: TenantScope): Promise<ImportSummary[]> {
  requirePermission(scope, 'ledger:read')
  const rows = await inTenant(scope, (tx) =>
    tx
      .select(SUMMARY)
      .from(ledgerImports)
      .where(eq(ledgerImports.tenantId, scope.tenantId))
      .orderBy(desc(ledgerImports.requestedAt), desc(ledgerImports.id))
      .limit(MOST),
  )
  return rows.map(toSummary)
}
