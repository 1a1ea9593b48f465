import { z } from 'zod'
import { discardRejectsSchema, listRejectsSchema } from '@/lib/collection/rejects/input'
import { dryRunSchema, listRunsSchema } from '@/lib/collection/runs/input'

// What runs and rejects are asked with where the path names the silo.

export const runsQuerySchema = listRunsSchema
export const runPageSchema = listRunsSchema.omit({ silo: true })
export const dryRunBodySchema = dryRunSchema.omit({ silo: true })
export const discardBodySchema = discardRejectsSchema.omit({ silo: true })
export const rejectsQuerySchema = listRejectsSchema.omit({ silo: true }).extend({
  format: z.enum(['json', 'csv'], { error: 'Choose json or csv.' }).optional(),
})
