import { z } from 'zod'

/** By what a rule counts: each account, each thing, each address by itself, or all events together. */
export const RULE_GROUPS = ['actor', 'target', 'ip', 'all'] as const
export type RuleGroup = (typeof RULE_GROUPS)[number]

/**
 * A threshold: `count` matching events of one group, received within `withinSeconds`, make one notification, and the
 * group none more for `quietSeconds`. What its message says is frozen with the batch.
 */
export const ruleSchema = z.strictObject({
  count: z.int().min(1),
  withinSeconds: z.int().min(1),
  per: z.enum(RULE_GROUPS),
  quietSeconds: z.int().min(0),
})
export type Rule = z.infer<typeof ruleSchema>
