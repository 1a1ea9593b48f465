import type { Transaction } from '@/db/client'
import type { TenantScope } from '@/lib/access/scope'
import { recordEvent } from '@/lib/audit/record-event'
import { AppError } from '@/lib/errors/app-error'
import { forgetShown } from '@/lib/ledger/entities/forget-shown'
import { dropEntities, writeEntities } from '@/lib/ledger/entities/write-entities'
import { ENTITY_LABELS } from '@/lib/ledger/entity-types'
import { askToRematch } from '@/lib/ledger/matching/ask-to-rematch'
import { toAsks, toCounts } from './import-row'
import type { ImportOptions } from './input'
import type { ImportPlan } from './plan-import'

const number = (count: number) => count.toLocaleString('en')

/** Throws `conflict` where so many would go that somebody has to say so, and has not. */
function requireConfirmed({ diff }: ImportPlan, confirmRemoved: number | undefined): void {
  const asks = toAsks(diff.way.mode, diff.removed, diff.removable)
  if (!asks || confirmRemoved === asks.removed) return
  const what = `This would remove ${number(asks.removed)} of ${number(asks.of)} ${ENTITY_LABELS[diff.type].many.toLowerCase()}, more than a tenth.`
  const advice = `If that is meant, confirm it with the number: ${asks.removed}. If the file is only a part, load it as a delta.`
  throw new AppError('conflict', `${what} ${advice}`, {
    violations: [{ pointer: '/confirmRemoved', code: 'unconfirmed', detail: `${what} ${advice}` }],
  })
}

/**
 * Writes what a plan says, within the transaction that made it under `lockLedger`, with our own event. A plan without
 * changes writes nothing but the event. Throws `conflict` where it is not confirmed.
 */
export async function applyPlan(
  tx: Transaction,
  scope: TenantScope,
  plan: ImportPlan,
  options: Pick<ImportOptions, 'name' | 'mode' | 'effectiveFrom'> & { id: string; confirmRemoved?: number },
): Promise<void> {
  requireConfirmed(plan, options.confirmRemoved)
  const { tenantId } = scope
  const { type, added, changed, ended, gone } = plan.diff
  await dropEntities(tx, tenantId, gone)
  await writeEntities(tx, tenantId, type, ended)
  await writeEntities(tx, tenantId, type, changed)
  await writeEntities(tx, tenantId, type, added)
  const counts = toCounts(plan)
  const { one, many } = ENTITY_LABELS[type]
  if (counts.added + counts.changed + counts.removed > 0) {
    await askToRematch(tx, tenantId, `${many} were loaded`)
    if (gone.length > 0) await forgetShown(tx, tenantId, gone)
  }
  const rows = `${number(counts.rows)} ${(counts.rows === 1 ? one : many).toLowerCase()}`
  const what = `${number(counts.added)} added, ${number(counts.changed)} changed, ${number(counts.removed)} removed`
  await recordEvent(tx, scope, 'LEDGER_IMPORTED', {
    message: `${rows} loaded: ${what}`,
    targets: [{ type: 'import', name: options.name || type, id: options.id }],
    data: {
      ...{ type, mode: options.mode, file: options.name },
      ...(options.effectiveFrom && { effectiveFrom: options.effectiveFrom }),
      ...counts,
    },
  })
}
