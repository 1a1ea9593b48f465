import { z } from 'zod'
import { count, moment } from '@/lib/api/answer-parts'
import { countAnswerSchema, storedEventSchema } from '@/lib/trail/answers'
import { matchedEventSchema } from './matched-answers'

// What the verbs of timelines answer, for the API's description.

const called = z.string().nullable()
export const activityAnswerSchema = z
  .strictObject({
    asActor: countAnswerSchema.describe('Events that it did.'),
    asTarget: countAnswerSchema.describe('Events that were done to it.'),
    lastAt: moment.nullable().describe('When the newest of them occurred.'),
    references: z
      .array(
        z.strictObject({
          ...{ role: z.enum(['actor', 'target']), origin: z.string(), type: called, name: called },
          ...{ parent: called, identity: called, refId: called, events: count },
        }),
      )
      .describe('What events call it: the hundred most frequent.'),
  })
  .meta({ id: 'EntityActivity' })

export const timelineAnswerSchema = z
  .strictObject({
    events: z.array(storedEventSchema.extend({ matched: matchedEventSchema })),
    next: z
      .string()
      .nullable()
      .describe('Give it as `cursor` for what follows; a page may be short and have one.'),
  })
  .meta({ id: 'Timeline' })
