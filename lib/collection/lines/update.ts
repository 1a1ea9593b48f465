import { inTenant } from '@/lib/access/in-tenant'
import { requirePermission, type TenantScope } from '@/lib/access/scope'
import { changeLine } from './change-line'
import { checkLine } from './check'
import { lockLine } from './find-line'
import type { UpdateLine } from './input'
import { requireNoProblem } from './invalid-line'
import { requireUnchanged } from './require-unchanged'

/**
 * Gives a line another definition, name or note. A definition that differs becomes a new version; runs that have begun
 * end with the one that they began with. Throws `not_found`, `invalid` with all that is wrong with the definition, and
 * `conflict` where somebody else was faster or the name is taken.
 */
export async function updateLine(
  scope: TenantScope,
  input: UpdateLine,
): Promise<{ id: string; version: number; isNew: boolean }> {
  requirePermission(scope, 'collection:manage')
  const { id, definition, unchangedSince } = input
  // Whose line it is comes first: a definition of nobody's line is not looked at.
  await inTenant(scope, (tx) => lockLine(tx, scope, id))
  if (definition) requireNoProblem('The line', await checkLine(scope, definition, { id }))
  return inTenant(scope, async (tx) => {
    const row = await lockLine(tx, scope, id)
    requireUnchanged(row, unchangedSince)
    return changeLine(tx, scope, row, input)
  })
}
