import { randomUUID } from 'node:crypto'
import { promisify } from 'node:util'
import { gzip } from 'node:zlib'
import { sql } from 'drizzle-orm'
import type { Transaction } from '@/db/client'
import { ledgerImports } from '@/db/schema/ledger'
import { inTenant } from '@/lib/access/in-tenant'
import { requirePermission, type TenantScope } from '@/lib/access/scope'
import { parseInput } from '@/lib/errors/parse-input'
import { readMoment } from '@/lib/ledger/entities/read-moment'
import { readImport, toCounts, toPreview, toView } from './import-row'
import type { ImportView, RefusedImport } from './import-view'
import { importOptionsSchema, type PreviewImport } from './input'
import { MAX_PREVIEWS } from './limits'
import { planImport } from './plan-import'
import { readContent } from './read-content'

const pack = promisify(gzip)

/** Behind the newest that may wait. */
const discardOldest = (tx: Transaction, tenantId: string) =>
  tx.execute(sql`
    update ledger_imports set state = 'discarded', content = null, options = '{}'
    where tenant_id = ${tenantId} and state = 'preview' and id in (
      select id from ledger_imports where tenant_id = ${tenantId} and state = 'preview'
      order by requested_at desc, id offset ${MAX_PREVIEWS})`)

/**
 * Says what a file would change in the ledger, and keeps it for a day, with the latest others, so that it can be applied. A file with
 * something wrong in it is refused with all problems, and nothing of it is kept. Throws `invalid` and `too_large` for
 * what can't be read at all.
 */
export async function previewImport(
  scope: TenantScope,
  { content, ...given }: PreviewImport,
): Promise<ImportView | RefusedImport> {
  requirePermission(scope, 'ledger:write')
  const { tenantId } = scope
  const options = parseInput(importOptionsSchema, given)
  const { type, mode, effectiveFrom, format, delimiter, name } = options
  const { entities, hints } = await readContent(content, options)
  const refused = (): RefusedImport => ({ id: null, rows: entities.rows, problems: entities.problems })
  if (entities.problems.length > 0) return refused()
  const packed = await pack(typeof content === 'string' ? Buffer.from(content) : content)
  const from = effectiveFrom === null ? undefined : readMoment(effectiveFrom)
  return inTenant(scope, async (tx) => {
    const plan = await planImport(tx, tenantId, options, entities, hints)
    if (entities.problems.length > 0) return refused()
    const id = randomUUID()
    await tx.insert(ledgerImports).values({
      ...{ tenantId, id, type, mode, name },
      effectiveFrom: from === undefined ? null : new Date(from),
      state: 'preview',
      content: packed,
      options: { format, delimiter, preview: toPreview(plan) },
      ...toCounts(plan),
      requestedBy: scope.principal.login,
    })
    await discardOldest(tx, tenantId)
    return toView(await readImport(tx, scope, id))
  })
}
