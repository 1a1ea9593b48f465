import { randomUUID } from 'node:crypto'
import { sql } from 'drizzle-orm'
import { ledgerImports } from '@/db/schema/ledger'
import { inTenant } from '@/lib/access/in-tenant'
import { requirePermission, type TenantScope } from '@/lib/access/scope'
import { parseInput } from '@/lib/errors/parse-input'
import { lockLedger } from '@/lib/ledger/entities/lock-ledger'
import { readMoment } from '@/lib/ledger/entities/read-moment'
import { applyPlan } from './apply-plan'
import { readImport, toAsks, toCounts, toView } from './import-row'
import type { ImportView } from './import-view'
import { type ImportLedger, importLedgerSchema } from './input'
import { planImport } from './plan-import'
import { readContent } from './read-content'
import { requireSound } from './require-sound'

/**
 * Loads a file in one go, or with `dryRun` only says what it would change (then its id is of nothing). Throws
 * `invalid` with all problems as violations, at `/line/column`; `too_large`; `conflict` where more than a tenth of the
 * entities would go and `confirmRemoved` is not their number.
 */
export async function importLedger(
  scope: TenantScope,
  { content, ...given }: ImportLedger,
): Promise<ImportView> {
  requirePermission(scope, 'ledger:write')
  const { tenantId, principal } = scope
  const { dryRun, confirmRemoved, ...options } = parseInput(importLedgerSchema, given)
  const { type, mode, effectiveFrom, format, delimiter, name } = options
  const { entities, hints } = await readContent(content, options)
  requireSound(entities.problems)
  const id = randomUUID()
  const from = effectiveFrom === null ? undefined : readMoment(effectiveFrom)
  return inTenant(scope, async (tx) => {
    if (!dryRun) await lockLedger(tx, tenantId)
    const plan = await planImport(tx, tenantId, options, entities, hints)
    requireSound(entities.problems)
    const said = { samples: plan.diff.samples, hints: plan.hints }
    const row = {
      ...{ id, type, mode, name },
      effectiveFrom: from === undefined ? null : new Date(from),
      requestedBy: principal.login,
      ...toCounts(plan),
    }
    if (dryRun) {
      const asks = toAsks(mode, plan.diff.removed, plan.diff.removable)
      const blank = { requestedAt: new Date(), appliedBy: null, appliedAt: null }
      return { ...row, ...blank, state: 'preview', ...said, asks }
    }
    await tx.insert(ledgerImports).values({
      ...row,
      tenantId,
      state: 'applied',
      options: { format, delimiter },
      appliedBy: principal.login,
      appliedAt: sql`now()`,
    })
    await applyPlan(tx, scope, plan, { ...options, id, confirmRemoved })
    return { ...toView(await readImport(tx, scope, id)), ...said }
  })
}
