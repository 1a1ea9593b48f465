import { z } from 'zod'
import { OutgoingError } from '@/lib/http/outgoing-error'
import { parseTargetUrl } from '@/lib/http/target-url'
import { nodePrimitives } from '@/lib/integrity/verify/node-primitives'
import { COSIGNER_KEY, parseVkey } from '@/lib/integrity/verify/vkey'

const MAX_EVERY_MINUTES = 1440
/** Long names are allowed by C2SP; no real one comes near. */
const MAX_VKEY_LENGTH = 300

const url = z
  .string()
  .trim()
  .superRefine((value, check) => {
    if (value === '') return
    try {
      parseTargetUrl(value)
    } catch (error) {
      if (!(error instanceof OutgoingError)) throw error
      check.addIssue({ code: 'custom', message: error.message })
    }
  })
  .default('')

const vkey = z
  .string()
  .trim()
  .max(MAX_VKEY_LENGTH, `At most ${MAX_VKEY_LENGTH} characters.`)
  .superRefine((value, check) => {
    if (value === '') return
    try {
      if (parseVkey(nodePrimitives.sha256, value).type === COSIGNER_KEY) return
      check.addIssue({ code: 'custom', message: 'This is the key of a log, not of a witness (type 0x04).' })
    } catch (error) {
      check.addIssue({ code: 'custom', message: (error as Error).message })
    }
  })
  .default('')

const everyMinutes = z.coerce
  .number({ error: 'Give a whole number of minutes.' })
  .int('Give a whole number of minutes.')
  .min(1, 'At least one minute.')
  .max(MAX_EVERY_MINUTES, 'At least once a day: 1440 minutes.')
  .default(60)

/** All settings at once; a URL that is empty switches its anchor off. Flat, as a form sends it. */
export const anchorSettingsSchema = z.strictObject({
  checkpointPublic: z
    .union([z.boolean(), z.literal('on').transform(() => true)])
    .default(false)
    .describe('Whether anybody may read the checkpoint; all else needs a token or a session.'),
  witnessUrl: url.describe('Where a C2SP witness takes `/add-checkpoint`; empty for none.'),
  witnessVkey: vkey.describe("The witness' verifier key: name+id+key, of type 0x04."),
  witnessEveryMinutes: everyMinutes.describe('At most so often, and only when the log has grown.'),
  timestampUrl: url.describe('Where an RFC 3161 time-stamp authority takes requests; empty for none.'),
  timestampEveryMinutes: everyMinutes.describe('At most so often, and only when the log has grown.'),
})
export type AnchorSettingsInput = z.output<typeof anchorSettingsSchema>
