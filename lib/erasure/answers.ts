import { z } from 'zod'
import { REASON_CODES } from './input'

const moment = z.iso.datetime({ precision: 3 })
const count = z.int().min(0)

export const erasureSchema = z
  .strictObject({
    id: z.uuid(),
    kind: z.enum(['values', 'actor']),
    state: z.enum(['running', 'done']),
    reasonCode: z.enum(REASON_CODES),
    note: z.string().nullable(),
    pointers: z
      .array(z.string())
      .describe('What was chosen; of an actor, where something was erased so far.'),
    events: count.describe('Events of which something was erased so far.'),
    progress: z.strictObject({ done: count, total: count }).describe('Events looked at, of how many.'),
    waitsFor: z.string().nullable().describe('Why it does not go on, in words.'),
    requestedBy: z.string(),
    requestedAt: moment,
    finishedAt: moment.nullable(),
  })
  .meta({ id: 'Erasure' })

export const erasuresSchema = z
  .strictObject({ erasures: z.array(erasureSchema) })
  .meta({ id: 'Erasures', description: 'Those that run, then the latest that are done.' })
