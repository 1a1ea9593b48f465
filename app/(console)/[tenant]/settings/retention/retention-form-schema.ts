import { z } from 'zod'
import { setRetentionSchema } from '@/lib/retention/input'

/** The verb's input as a flat form sends it: each type with its days as one text, `relay 30`. */
export const retentionFormSchema = z
  .strictObject({
    days: z.string().optional(),
    types: z.array(z.string()).default([]),
    reason: z.string({ error: 'Say why.' }),
  })
  .transform(
    ({ types, ...rest }): z.input<typeof setRetentionSchema> => ({
      ...rest,
      types: types.map(toType),
    }),
  )
  .pipe(setRetentionSchema)

function toType(text: string): { type: string; days: string | undefined } {
  const end = text.lastIndexOf(' ')
  return { type: text.slice(0, end).trim(), days: text.slice(end + 1) || undefined }
}
