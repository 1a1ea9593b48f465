import { getLineSchema, restoreLineSchema, updateLineSchema } from '@/lib/collection/lines/input'

// What lines are asked with where the path names them.

export const changeLineSchema = updateLineSchema.omit({ id: true })
export const restoreBodySchema = restoreLineSchema.omit({ id: true })
export const lineVersionQuerySchema = getLineSchema.omit({ id: true })
