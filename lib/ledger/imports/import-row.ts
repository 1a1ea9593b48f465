import { and, eq } from 'drizzle-orm'
import type { Transaction } from '@/db/client'
import { ledgerImports } from '@/db/schema/ledger'
import type { TenantScope } from '@/lib/access/scope'
import { AppError } from '@/lib/errors/app-error'
import type { EntityType } from '@/lib/ledger/entity-types'
import type { ImportSamples, ImportSummary, ImportView } from './import-view'
import { type ImportOptions, importIdSchema } from './input'
import type { ImportPlan } from './plan-import'

/** `options` of a row: how it is read; while it is a preview, also what it said. */
export type StoredOptions = Pick<ImportOptions, 'format' | 'delimiter'> & {
  preview?: { samples: ImportSamples; hints: string[]; of: number }
}

const i = ledgerImports

export const SUMMARY = {
  id: i.id,
  type: i.type,
  mode: i.mode,
  effectiveFrom: i.effectiveFrom,
  name: i.name,
  state: i.state,
  rows: i.rows,
  added: i.added,
  changed: i.changed,
  removed: i.removed,
  unchanged: i.unchanged,
  requestedBy: i.requestedBy,
  requestedAt: i.requestedAt,
  appliedBy: i.appliedBy,
  appliedAt: i.appliedAt,
}

type SummaryRow = Omit<ImportSummary, 'type'> & { type: string }
export type ImportRow = SummaryRow & { options: StoredOptions }

export const toSummary = (row: SummaryRow): ImportSummary => ({ ...row, type: row.type as EntityType })

export const isImport = ({ tenantId }: Pick<TenantScope, 'tenantId'>, id: string) =>
  and(eq(i.tenantId, tenantId), eq(i.id, id))

export const noSuchImport = () => new AppError('not_found', 'There is no such import in this workspace.')

/** A replacement that would remove more than a tenth asks first. */
const asksFor = (removed: number, of: number) => removed * 10 > of

/** How many entities somebody has to confirm that they go; null where nobody has to be asked. */
export const toAsks = (mode: ImportSummary['mode'], removed: number, of: number): ImportView['asks'] =>
  mode === 'full' && asksFor(removed, of) ? { removed, of } : null

const NO_SAMPLES: ImportSamples = { added: [], changed: [], removed: [] }

export function toView({ options, ...row }: ImportRow): ImportView {
  const preview = row.state === 'preview' ? options.preview : undefined
  return {
    ...toSummary(row),
    samples: preview?.samples ?? NO_SAMPLES,
    hints: preview?.hints ?? [],
    asks: preview ? toAsks(row.mode, row.removed, preview.of) : null,
  }
}

/** What a plan says, as it is stored. */
export const toCounts = ({ diff }: ImportPlan) => ({
  rows: diff.entities.rows,
  added: diff.added.length,
  changed: diff.changed.length,
  removed: diff.removed,
  unchanged: diff.unchanged,
})

export const toPreview = ({ diff, hints }: ImportPlan): StoredOptions['preview'] => ({
  samples: diff.samples,
  hints,
  of: diff.removable,
})

/** The row of an import with its options. Throws `not_found`. */
export async function readImport(tx: Transaction, scope: TenantScope, id: string): Promise<ImportRow> {
  if (!importIdSchema.safeParse({ id }).success) throw noSuchImport()
  const [row] = await tx
    .select({ ...SUMMARY, options: i.options })
    .from(i)
    .where(isImport(scope, id))
  if (!row) throw noSuchImport()
  return { ...row, options: row.options as StoredOptions }
}
