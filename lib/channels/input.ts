import { z } from 'zod'
import { channelInputShape, configureChannel } from '@/lib/delivery/destinations/channel-config'
import type { Rule } from '@/lib/delivery/rules/rule'
import type { ChosenFilter } from '@/lib/forwarding/destination-filter'
import { volumeSchema } from '@/lib/forwarding/input'
import type { RuleTrial } from './estimate-rule'

const { threshold, ruleCount, ruleWithinSeconds, rulePer, ruleQuietSeconds } = channelInputShape
const ruleShape = { ruleCount, ruleWithinSeconds, rulePer, ruleQuietSeconds }
const trialShape = { ...volumeSchema.shape, ...ruleShape }
type Trial = z.output<z.ZodObject<typeof trialShape>>

const timing = z.object(channelInputShape)

/** The rule by the same fields, and with the same complaints, as a channel's. */
function toTrial({ types, levels, filter, ...rest }: Trial): ChosenFilter & { rule: Rule } {
  const { rule } = configureChannel({ ...timing.parse({}), ...rest, threshold: true })
  if (!rule) throw new Error('a threshold has a rule')
  return { types, levels, filter, rule }
}

/** A threshold that is being filled in: the fields of a channel that it is made of. */
export const ruleTrialSchema = z
  .strictObject({ ...trialShape, threshold })
  .transform((input): RuleTrial => toTrial(input))

/** What a channel would tell of; with `threshold` also how often that would have fired. */
export const estimateSchema = z.strictObject({ ...trialShape, threshold }).transform((input) => {
  const { types, levels, filter } = input
  return { types, levels, filter, ...(input.threshold && { rule: toTrial(input).rule }) }
})
export type EstimateChannel = z.output<typeof estimateSchema>
