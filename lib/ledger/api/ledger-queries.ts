import { z } from 'zod'
import { listEntitiesSchema } from '@/lib/ledger/entities/input'
import { applyImportSchema, exportEntitiesSchema, importLedgerSchema } from '@/lib/ledger/imports/input'
import { getPolicySchema, updatePolicySchema } from '@/lib/ledger/policies/input'
import { getRuleSchema, updateRuleSchema } from '@/lib/ledger/rules/input'

// What the ledger is asked with where the path or the query string says it.

export const entitiesQuerySchema = listEntitiesSchema.extend({
  link: z
    .string()
    .min(1)
    .optional()
    .describe(
      'With `linkKey`: only entities whose link of this name has that key, `link=identity&linkKey=jdoe`.',
    ),
  linkKey: z.string().min(1).optional(),
})

export const importQuerySchema = importLedgerSchema.extend({
  dryRun: z
    .stringbool({ error: 'Say true or false.' })
    .default(false)
    .describe('Only say what would change: the answer is a preview, kept for a day, that can be applied.'),
})
export const applyQuerySchema = applyImportSchema.omit({ id: true })
export const exportQuerySchema = exportEntitiesSchema

export const changeRuleSchema = updateRuleSchema.omit({ id: true })
export const ruleVersionQuerySchema = getRuleSchema.omit({ id: true })
export const changePolicySchema = updatePolicySchema.omit({ id: true })
export const policyVersionQuerySchema = getPolicySchema.omit({ id: true })
