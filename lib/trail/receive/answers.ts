import { z } from 'zod'
import { eventSchema } from '@/lib/trail/answers'
import type { Verdict } from './verdict'

const violation = z.strictObject({
  pointer: z.string().describe('JSON pointer (RFC 6901) into the event.'),
  code: z.string(),
  detail: z.string(),
})

const place = {
  id: z.uuid(),
  seq: z.int().min(0),
  proof: z
    .string()
    .optional()
    .describe('With `wait=sealed`: c2sp.org/tlog-proof@v1. That of a duplicate wants `events:read`.'),
}
const verdictSchema = z
  .discriminatedUnion('status', [
    z.strictObject({ status: z.literal('created'), ...place, leafHash: z.string() }),
    z.strictObject({ status: z.literal('duplicate'), ...place }),
    z.strictObject({ status: z.literal('rejected'), errors: z.array(violation) }),
  ])
  .meta({ id: 'Verdict', description: 'What became of one event.' }) satisfies z.ZodType<Verdict>

const count = z.int().min(0)
export const verdictsSchema = z
  .strictObject({
    accepted: count,
    duplicates: count,
    rejected: count,
    results: z.array(verdictSchema).describe('One for each event, in order.'),
    sealed: z
      .boolean()
      .optional()
      .describe(
        'With `wait=sealed`: whether a checkpoint covers them. False after ten seconds, or where too many wait.',
      ),
  })
  .meta({ id: 'Verdicts' })

export const receivedSchema = z.union([
  eventSchema,
  z.strictObject({ events: z.array(eventSchema) }),
  z.array(eventSchema),
])
