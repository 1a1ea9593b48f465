import { inTenant } from '@/lib/access/in-tenant'
import { requirePermission, type TenantScope } from '@/lib/access/scope'
import { checkLine } from './check'
import type { CreateLine } from './input'
import { insertLine } from './insert-line'
import { requireNoProblem } from './invalid-line'

/**
 * Adds a line, its first version. Throws `invalid` with all that is wrong with its definition, and `conflict` for a name
 * that is taken, or the 201st line.
 */
export async function createLine(scope: TenantScope, input: CreateLine): Promise<{ id: string }> {
  requirePermission(scope, 'collection:manage')
  requireNoProblem('The line', await checkLine(scope, input.definition))
  return inTenant(scope, (tx) => insertLine(tx, scope, input))
}
