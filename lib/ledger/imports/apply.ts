import { sql } from 'drizzle-orm'
import type { Transaction } from '@/db/client'
import { ledgerImports } from '@/db/schema/ledger'
import { inTenant } from '@/lib/access/in-tenant'
import { requirePermission, type TenantScope } from '@/lib/access/scope'
import { AppError } from '@/lib/errors/app-error'
import { canonicalJson } from '@/lib/integrity/jcs'
import { lockLedger } from '@/lib/ledger/entities/lock-ledger'
import { applyPlan } from './apply-plan'
import {
  type ImportRow,
  isImport,
  noSuchImport,
  readImport,
  type StoredOptions,
  toCounts,
  toPreview,
  toSummary,
  toView,
} from './import-row'
import type { ImportView } from './import-view'
import type { ApplyImport, ImportOptions } from './input'
import { type ImportPlan, planImport } from './plan-import'
import { readContent } from './read-content'
import { unpack } from './unpack'

function requirePreview({ state }: Pick<ImportRow, 'state'>): void {
  if (state === 'preview') return
  const message =
    state === 'applied'
      ? 'This import has been applied already.'
      : 'This preview was discarded, or is older than a day. Load the file again.'
  throw new AppError('conflict', message)
}

async function readKept(scope: TenantScope, id: string) {
  const [row] = await inTenant(scope, async (tx) => {
    requirePreview(await readImport(tx, scope, id))
    return tx.select().from(ledgerImports).where(isImport(scope, id))
  })
  if (!row?.content) throw noSuchImport()
  const { format, delimiter } = row.options as StoredOptions
  const { type } = toSummary(row)
  const options: Omit<ImportOptions, 'name'> = {
    ...{ type, mode: row.mode, format, delimiter },
    effectiveFrom: row.effectiveFrom?.toISOString() ?? null,
  }
  const content = await unpack(row.content)
  return { ...(await readContent(content, options)), options, name: row.name }
}

/** The row, locked until the transaction ends. */
async function lockPreview(tx: Transaction, scope: TenantScope, id: string): Promise<ImportRow> {
  await tx.select({ id: ledgerImports.id }).from(ledgerImports).where(isImport(scope, id)).for('update')
  const row = await readImport(tx, scope, id)
  requirePreview(row)
  return row
}

/** Whether it does what was shown: the same numbers, and the same examples. */
const isAsPreviewed = (plan: ImportPlan, row: ImportRow) =>
  Object.entries(toCounts(plan)).every(([name, count]) => row[name as 'added'] === count) &&
  canonicalJson(toPreview(plan)?.samples) === canonicalJson(row.options.preview?.samples)

const setPreview = (tx: Transaction, scope: TenantScope, id: string, plan: ImportPlan, options: object) =>
  tx
    .update(ledgerImports)
    .set({ ...toCounts(plan), options: { ...options, preview: toPreview(plan) } })
    .where(isImport(scope, id))

/**
 * Applies an import that was previewed. Throws `not_found`; `conflict` where it was applied or discarded, where more
 * than a tenth of the entities would go and `confirmRemoved` is not their number, and where the ledger has changed so
 * that it would do something else than was previewed: then the preview is a new one.
 */
export async function applyImport(
  scope: TenantScope,
  { id, confirmRemoved }: ApplyImport,
): Promise<ImportView> {
  requirePermission(scope, 'ledger:write')
  const { tenantId } = scope
  const { entities, hints, options, name } = await readKept(scope, id)
  const applied = await inTenant(scope, async (tx) => {
    await lockLedger(tx, tenantId)
    const row = await lockPreview(tx, scope, id)
    const plan = await planImport(tx, tenantId, options, entities, hints)
    if (entities.problems.length > 0 || !isAsPreviewed(plan, row)) {
      await setPreview(tx, scope, id, plan, row.options)
      return undefined
    }
    await tx
      .update(ledgerImports)
      .set({
        state: 'applied',
        content: null,
        options: { format: options.format, delimiter: options.delimiter },
        appliedBy: scope.principal.login,
        appliedAt: sql`now()`,
      })
      .where(isImport(scope, id))
    await applyPlan(tx, scope, plan, { ...options, id, name, confirmRemoved })
    return toView(await readImport(tx, scope, id))
  })
  if (applied) return applied
  throw new AppError(
    'conflict',
    'The ledger has changed since this was previewed, so it would do something else now. Look at it again, and apply it then.',
  )
}
