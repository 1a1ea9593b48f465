import { z } from 'zod'
import { ruleSchema } from '@/lib/delivery/rules/rule'

/** Raise it when the same digest would give another letter. */
export const EMAIL_FORMAT_VERSION = 2

export const emailFormatSchema = z.strictObject({ tenant: z.string(), rule: ruleSchema.optional() })
export type EmailFormat = z.infer<typeof emailFormatSchema>
