import { inTenant } from '@/lib/access/in-tenant'
import { requirePermission, type TenantScope } from '@/lib/access/scope'
import { openSandbox, PREVIEW_SPARES } from '@/lib/collection/sandbox/sandbox'
import { readMandants } from '@/lib/workspaces/read-mandants'
import { checkDefinition } from './check-definition'
import { needsSandbox } from './expressions-of'
import type { PreviewLine } from './input'
import { loadParts } from './line-parts'
import type { LinePreview } from './line-view'
import { previewRows } from './preview-rows'

/**
 * What a definition makes of sample rows: the rows after each step, and the events. Writes nothing. Where the definition
 * has a problem, the steps before it are shown.
 */
export async function previewLine(
  scope: TenantScope,
  { definition, sample, id }: PreviewLine,
): Promise<LinePreview> {
  requirePermission(scope, 'collection:manage')
  const mandants = await readMandants(scope)
  const parts = await inTenant(scope, (tx) => loadParts(tx, scope.tenantId, definition, mandants))
  const sandbox = needsSandbox(definition, parts) ? await openSandbox(PREVIEW_SPARES) : undefined
  try {
    const problems = checkDefinition(definition, { parts, sandbox }, id)
    return previewRows({ definition, sample, parts, sandbox, problems })
  } finally {
    sandbox?.close()
  }
}
