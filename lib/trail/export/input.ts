import { z } from 'zod'
import { matchedParameter } from '@/lib/trail/matched-parameter'

export const EXPORT_FORMATS = ['ndjson', 'json', 'csv'] as const
export type ExportFormat = (typeof EXPORT_FORMATS)[number]

/** How a filter's events are written down. */
export const exportSchema = z.object({
  format: z
    .enum(EXPORT_FORMATS)
    .default('ndjson')
    .describe('One event a line, one JSON array, or comma-separated values with a header.'),
  fields: z
    .enum(['native', 'target'])
    .default('native')
    .describe('`target` writes the 47 fields of a collection line under their own names.'),
  matched: matchedParameter,
  order: z.enum(['asc', 'desc']).default('asc').describe('Oldest first unless given.'),
  after: z.coerce
    .number()
    .int()
    .min(-1)
    .max(Number.MAX_SAFE_INTEGER)
    .default(-1)
    .describe('Only events after this seq: go on where an earlier export ended (`x-spoor-through-seq`).'),
})
export type ExportRequest = z.infer<typeof exportSchema>
