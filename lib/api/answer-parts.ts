import { z } from 'zod'

// What answers of several features have in common.

export const moment = z.iso.datetime({ precision: 3 })
export const count = z.int().min(0)
export const next = z.string().nullable().describe('Give it as `after` for what follows; null at the end.')
export const named = z.strictObject({ id: z.uuid(), name: z.string() })

export const idAnswerSchema = z.strictObject({ id: z.uuid() }).meta({ id: 'Id' })
