import { z } from 'zod'
import { anchorSettingsSchema } from './input'

const size = z.int().min(0)
const moment = z.iso.datetime({ precision: 3 })
const minutes = z.int().min(1).max(1440).default(60)

/** What the API takes: a form's fields in JSON's own types. */
export const settingsBodySchema = anchorSettingsSchema.extend({
  checkpointPublic: z
    .boolean()
    .default(false)
    .describe('Whether anybody may read the checkpoint; all else needs a token or a session.'),
  witnessEveryMinutes: minutes.describe('At most so often, and only when the log has grown.'),
  timestampEveryMinutes: minutes.describe('At most so often, and only when the log has grown.'),
})

const stateSchema = z
  .strictObject({
    anchoredAt: moment.nullable().describe('When it last confirmed a checkpoint.'),
    anchoredSize: size.nullable().describe('Of the checkpoint that it last confirmed.'),
    failedAt: moment.nullable(),
    failMessage: z.string().nullable().describe('Why it last failed, and what to do.'),
    failures: size.describe('Failures since it last confirmed one.'),
    nextAt: moment.describe('When it is asked next; in the past while the log has not grown since.'),
  })
  .nullable()

/** What `GET` answers; `getAnchorSettings` with its dates as text. */
export const settingsSchema = z
  .strictObject({
    checkpointPublic: z.boolean(),
    witnessUrl: z.string().describe('Empty for none; cut to its origin without `integrity:manage`.'),
    witnessVkey: z.string(),
    witnessEveryMinutes: size,
    timestampUrl: z.string().describe('Empty for none; cut to its origin without `integrity:manage`.'),
    timestampEveryMinutes: size,
    witness: stateSchema.describe('How it goes with the witness; null without one.'),
    timestamp: stateSchema.describe('How it goes with the time-stamp authority; null without one.'),
  })
  .meta({ id: 'LogSettings' })

export const timestampPathSchema = z.object({
  size: z.coerce
    .number()
    .int()
    .min(0)
    .max(Number.MAX_SAFE_INTEGER)
    .describe('Of the checkpoint: see “Checkpoints over time”.'),
})
