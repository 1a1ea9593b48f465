import { z } from 'zod'

const MAX_REASON = 500

const reason = z
  .string({ error: 'Say why.' })
  .trim()
  .min(3, 'Say why, in a few words: it stands in the trail.')
  .max(MAX_REASON, `At most ${MAX_REASON} characters.`)

/** Without `until` the hold lasts until somebody releases it. RFC 3339 with zone. */
export const placeHoldSchema = z.strictObject({
  reason,
  until: z.iso
    .datetime({ offset: true, error: 'must be a date and time with zone, such as 2027-11-20T00:00:00Z' })
    .refine((value) => Date.parse(value) > Date.now(), 'must be in the future')
    .optional(),
})
export type PlaceHold = z.infer<typeof placeHoldSchema>

export const releaseHoldSchema = z.strictObject({
  id: z.uuid({ error: 'There is no such hold.' }),
  reason,
})
export type ReleaseHold = z.infer<typeof releaseHoldSchema>
