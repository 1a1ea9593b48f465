import { and, eq, isNull } from 'drizzle-orm'
import type { Transaction } from '@/db/client'
import { matchingRules, matchingRuleVersions } from '@/db/schema/matching'
import { AppError } from '@/lib/errors/app-error'
import { type RuleDefinition, ruleDefinitionSchema } from './definition'

const MAX_INTEGER = 2 ** 31 - 1

export type RuleRow = typeof matchingRules.$inferSelect

export const noSuchRule = (): AppError =>
  new AppError('not_found', 'There is no such rule in this workspace.')

/**
 * The row, locked until the transaction ends, so that edits come one after the other; with `update` so that no policy
 * that names it is saved meanwhile. Throws `not_found`.
 */
export async function lockRule(
  tx: Transaction,
  tenantId: string,
  id: string,
  strength: 'no key update' | 'update' = 'no key update',
): Promise<RuleRow> {
  const [row] = await tx
    .select()
    .from(matchingRules)
    .where(
      and(eq(matchingRules.tenantId, tenantId), eq(matchingRules.id, id), isNull(matchingRules.removedAt)),
    )
    .for(strength)
  if (!row) throw noSuchRule()
  return row
}

/** What a rule of the tenant did in one version. Throws `not_found`. */
export async function findRuleVersion(
  tx: Transaction,
  tenantId: string,
  ruleId: string,
  version: number,
): Promise<RuleDefinition> {
  const v = matchingRuleVersions
  const [row] =
    version > MAX_INTEGER
      ? []
      : await tx
          .select({ definition: v.definition })
          .from(v)
          .where(and(eq(v.tenantId, tenantId), eq(v.ruleId, ruleId), eq(v.version, version)))
  if (!row) throw new AppError('not_found', `This rule has no version ${version}.`)
  return ruleDefinitionSchema.parse(row.definition)
}
