import { and, eq, sql } from 'drizzle-orm'
import { database } from '@/db/client'
import { ledgerImports } from '@/db/schema/ledger'
import { inTenant } from '@/lib/access/in-tenant'
import { scopeForSystem } from '@/lib/access/scope-for-system'
import { isAwayForAll } from '@/lib/errors/database-away'
import { newReference, reportError } from '@/lib/errors/report-error'
import { PREVIEW_HOURS } from './limits'

const PREVIEWS_A_LOOK = 100

/** Forgets what was uploaded a day ago and never applied, in all workspaces; gives how many. */
export async function dropOldPreviews(options: {
  budgetMs: number
  signal?: AbortSignal
}): Promise<{ dropped: number }> {
  const deadline = performance.now() + options.budgetMs
  const found = await database('match').execute<{ tenant_id: string; id: string }>(sql`
    select tenant_id, id from ledger_imports
    where state = 'preview' and requested_at < now() - make_interval(hours => ${PREVIEW_HOURS})
    order by requested_at limit ${PREVIEWS_A_LOOK}`)
  let dropped = 0
  for (const { tenant_id: tenantId, id } of found) {
    if (options.signal?.aborted || performance.now() > deadline) break
    try {
      const scope = await scopeForSystem(tenantId, 'SCHEDULER')
      const isIt = and(
        eq(ledgerImports.tenantId, tenantId),
        eq(ledgerImports.id, id),
        eq(ledgerImports.state, 'preview'),
      )
      const rows = await inTenant(scope, (tx) =>
        tx
          .update(ledgerImports)
          .set({ state: 'discarded', content: null, options: {} })
          .where(isIt)
          .returning({ id: ledgerImports.id }),
      )
      dropped += rows.length
    } catch (error) {
      if (isAwayForAll(error)) throw error
      reportError(error, newReference())
    }
  }
  return { dropped }
}
