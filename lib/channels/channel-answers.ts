import { z } from 'zod'
import { ruleSchema } from '@/lib/delivery/rules/rule'
import { LEVELS } from '@/lib/event/levels'

// What the verbs of channels answer beyond those of forwarding, for the API's description.

const moment = z.iso.datetime({ precision: 3 })
const count = z.int().min(0)
const seq = z.int().min(0)
const rule = ruleSchema.meta({
  id: 'Threshold',
  description:
    'So many events of a group within so many seconds are told once, and then not again for `quietSeconds`.',
})

export const estimateAnswerSchema = z
  .strictObject({
    events: count,
    days: count,
    perDay: count,
    isCapped: z.boolean().describe('There were at least so many.'),
    rule: z
      .strictObject({
        fired: count,
        days: z.number().describe('Looked at; fewer than seven where there was more to read.'),
        isCapped: z.boolean(),
        latest: z.array(z.strictObject({ at: moment, seq, group: z.string().nullable() })),
      })
      .nullable()
      .describe('How often it would have fired; null without `threshold`.'),
  })
  .meta({ id: 'ChannelEstimate' })

export const alarmsAnswerSchema = z
  .strictObject({
    alarms: z.array(
      z.strictObject({
        seq: seq.describe('The event that made the number full.'),
        at: moment,
        eventId: z.uuid().nullable().describe('Null where retention has dropped it.'),
        who: z
          .string()
          .nullable()
          .describe('Whose events they were, as the trail says now: null for all together, or once erased.'),
        events: count,
        firstSeq: seq,
        rule,
      }),
    ),
    next: z.string().nullable().describe('Give it as `cursor` for what follows; null at the end.'),
  })
  .meta({ id: 'ChannelAlarms' })

export const presetsAnswerSchema = z
  .strictObject({
    presets: z.array(
      z.strictObject({
        name: z.string(),
        label: z.string(),
        sentence: z.string(),
        types: z.array(z.string()),
        levels: z.array(z.enum(LEVELS)),
        filter: z.string(),
        rule: rule.nullable(),
      }),
    ),
  })
  .meta({ id: 'ChannelPresets' })
