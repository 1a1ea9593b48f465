import { listExecutionsSchema, updatePlanSchema } from '@/lib/collection/plans/input'

// What plans are asked with where the path names them.

export const changePlanSchema = updatePlanSchema.omit({ id: true })
export const executionPageSchema = listExecutionsSchema.omit({ id: true })
