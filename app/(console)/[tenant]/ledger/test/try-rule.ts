import { z } from 'zod'
import { saidSchema } from '@/app/(console)/[tenant]/ledger/test/said'
import type { TriedPattern } from '@/components/ledger/rules/pattern-try'
import type { TestedMatch } from '@/components/ledger/test-box/tested-match'
import type { TenantScope } from '@/lib/access/scope'
import { AppError } from '@/lib/errors/app-error'
import { ENTITY_TYPES } from '@/lib/ledger/entity-types'
import { explainMatch } from '@/lib/ledger/policies/explain'
import { checkRule } from '@/lib/ledger/rules/check'
import { compilePattern } from '@/lib/ledger/rules/compile-pattern'
import { comparisonSchema, MAX_PATTERN_LENGTH, ruleDefinitionSchema } from '@/lib/ledger/rules/definition'
import { problemsOf, soundMembers } from './problems-of'

/** The definition as it is while somebody writes it; nothing is looked for until something is said. */
export const tryRuleSchema = z.strictObject({
  rule: z.strictObject({ entityType: z.enum(ENTITY_TYPES), definition: z.unknown() }),
  said: saidSchema.optional(),
})

type Draft = { comparisons?: unknown }

/** All that is wrong with a rule, and whom it finds once nothing is. */
export async function tryRule(
  scope: TenantScope,
  { rule: { entityType, definition: draft }, said }: z.output<typeof tryRuleSchema>,
): Promise<TestedMatch> {
  const parsed = ruleDefinitionSchema.safeParse(draft)
  if (!parsed.success) {
    const { members, toPlaces } = soundMembers((draft as Draft | null)?.comparisons, comparisonSchema)
    const others = await checkRule(scope, { entityType, definition: { comparisons: members } })
    return { problems: [...problemsOf(parsed.error), ...toPlaces(others)], explanation: null }
  }
  const rule = { entityType, definition: parsed.data }
  const problems = await checkRule(scope, rule)
  const isSound = problems.every(({ isWarning }) => isWarning)
  return { problems, explanation: isSound && said ? await explainMatch(scope, { ...said, rule }) : null }
}

export const tryPatternSchema = z.strictObject({
  pattern: z.string().min(1).max(MAX_PATTERN_LENGTH),
  text: z.string().max(1024),
})

/** What a pattern takes of a text. Throws `invalid` with what is wrong with the pattern. */
export async function tryPattern(
  _: TenantScope,
  { pattern, text }: z.output<typeof tryPatternSchema>,
): Promise<TriedPattern> {
  try {
    return { part: compilePattern(pattern).capture(text) ?? null }
  } catch (error) {
    throw new AppError('invalid', (error as Error).message)
  }
}
