import { z } from 'zod'

const size = z.coerce.number().int().min(0).max(Number.MAX_SAFE_INTEGER)

export const inclusionQuerySchema = z.object({
  seq: size.describe('Which event.'),
  size: size.optional().describe('In which tree; the latest unless given.'),
})

export const consistencyQuerySchema = z.object({
  from: size.describe('The older tree’s size.'),
  to: size.optional().describe('The newer one’s; the latest unless given.'),
})

export const checkpointsQuerySchema = z.object({
  before: size.optional().describe('Only of smaller trees: `next` of the page before.'),
  at: z.iso
    .datetime({ offset: true })
    .optional()
    .describe('Only those signed then or earlier; the first one is what the log was at that time.'),
})

export const keysQuerySchema = z.object({
  format: z
    .enum(['json', 'policy'])
    .default('json')
    .describe('`policy` is a file for spoor-verify and other C2SP tools.'),
  epoch: z.coerce
    .number()
    .int()
    .min(0)
    .optional()
    .describe('Of which epoch the policy is; the current one unless given.'),
})
