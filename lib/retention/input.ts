import { z } from 'zod'

/** A hundred years: whoever needs more keeps for ever. */
const MAX_DAYS = 36_500
const MAX_TYPES = 100
const MAX_REASON = 500

const days = z.coerce
  .number({ error: 'Give a number of days.' })
  .int('Give whole days.')
  .min(1, 'At least one day.')
  .max(MAX_DAYS, `At most ${MAX_DAYS} days; leave it out to keep for ever.`)

const type = z
  .string()
  .regex(/^[a-z0-9._-]{1,64}$/, 'A type of events has small letters, digits, dots, dashes and underscores.')

/** Without `days` events are kept for ever. A type's days are fewer than those of all. */
export const setRetentionSchema = z
  .strictObject({
    days: days.nullish().transform((value) => value ?? null),
    types: z.array(z.strictObject({ type, days })).max(MAX_TYPES).default([]),
    reason: z
      .string({ error: 'Say why.' })
      .trim()
      .min(3, 'Say why, in a few words: it stands in the trail.')
      .max(MAX_REASON, `At most ${MAX_REASON} characters.`),
  })
  .superRefine(({ days: all, types }, context) => {
    for (const [i, { type, days: own }] of types.entries()) {
      const path = ['types', i, 'days']
      if (all !== null && own >= all)
        context.addIssue({
          code: 'custom',
          path,
          message: `${type} must have fewer days than all events, ${all}.`,
        })
      if (types.findIndex((other) => other.type === type) !== i)
        context.addIssue({ code: 'custom', path: ['types', i, 'type'], message: `${type} is there twice.` })
    }
  })
export type SetRetention = z.infer<typeof setRetentionSchema>
