import { z } from 'zod'
import { ruleSchema } from '@/lib/delivery/rules/rule'

/** Raise it when the same digest would give another message. */
export const WEBHOOK_FORMAT_VERSION = 1

export const webhookFormatSchema = z.strictObject({ tenant: z.string(), rule: ruleSchema.optional() })
export type WebhookFormat = z.infer<typeof webhookFormatSchema>
