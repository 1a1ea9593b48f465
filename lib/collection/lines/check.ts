import { inTenant } from '@/lib/access/in-tenant'
import { requirePermission, type TenantScope } from '@/lib/access/scope'
import { openSandbox, PREVIEW_SPARES } from '@/lib/collection/sandbox/sandbox'
import { readMandants } from '@/lib/workspaces/read-mandants'
import { checkDefinition } from './check-definition'
import type { LineDefinition } from './definition'
import { needsSandbox } from './expressions-of'
import { loadParts } from './line-parts'
import type { LineProblem } from './line-view'

/**
 * What is wrong with a definition as a whole, whether it was saved or not: with anything but warnings it is not saved.
 * `id` is the line that it shall become.
 */
export async function checkLine(
  scope: TenantScope,
  definition: LineDefinition,
  { id }: { id?: string } = {},
): Promise<LineProblem[]> {
  requirePermission(scope, 'collection:manage')
  const mandants = await readMandants(scope)
  const parts = await inTenant(scope, (tx) => loadParts(tx, scope.tenantId, definition, mandants))
  const sandbox = needsSandbox(definition, parts) ? await openSandbox(PREVIEW_SPARES) : undefined
  try {
    return checkDefinition(definition, { parts, sandbox }, id)
  } finally {
    sandbox?.close()
  }
}
