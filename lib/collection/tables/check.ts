import { inTenant } from '@/lib/access/in-tenant'
import { requirePermission, type TenantScope } from '@/lib/access/scope'
import { toAttributeMapping } from '@/lib/collection/processing/attribute-mapping'
import { checkMapping } from '@/lib/collection/processing/check-mapping'
import { toEventProperties } from '@/lib/collection/processing/event-properties'
import { readMandants } from '@/lib/workspaces/read-mandants'
import type { CheckTable } from './input'
import { loadTable } from './load'
import { parseTable } from './parse-table'
import { MAX_PROBLEMS } from './problem-list'
import type { TableProblem } from './table'

/**
 * What is wrong with a table that somebody edits, errors first; at most fifty problems. A mapping is checked against
 * `companionId`, a table of event properties, where that is given: then also `{param.…}` names are looked up.
 */
export async function checkTable(
  scope: TenantScope,
  { kind, content, companionId }: CheckTable,
): Promise<TableProblem[]> {
  requirePermission(scope, 'collection:read')
  const parsed = parseTable(kind, content, await readMandants(scope))
  if (kind !== 'mapping' || !companionId || parsed.problems.some(({ severity }) => severity === 'error'))
    return parsed.problems
  const companion = await inTenant(scope, (tx) => loadTable(tx, scope.tenantId, companionId))
  const found = checkMapping(toEventProperties(companion), toAttributeMapping(parsed.content))
  const together = found.filter(({ table }) => table === 'mapping').map(({ table: _, ...problem }) => problem)
  const all = [...together, ...parsed.problems]
  const of = (severity: TableProblem['severity']) => all.filter((problem) => problem.severity === severity)
  return [...of('error'), ...of('warning')].slice(0, MAX_PROBLEMS)
}
