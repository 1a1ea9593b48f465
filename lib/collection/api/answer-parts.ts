import { z } from 'zod'
import { DELIMITERS, ENCODINGS, HEADERS } from '@/lib/collection/reading/reading'

// What several answers have in common.

export const moment = z.iso.datetime({ precision: 3 })
export const count = z.int().min(0)
export const next = z.string().nullable().describe('Give it as `after` for what follows; null at the end.')
export const named = z.strictObject({ id: z.uuid(), name: z.string() })

/** What became of rows: `rows` is the sum of the other four. */
export const countsShape = {
  rows: count.describe('The sum of the other four.'),
  collected: count.describe('Rows that became events.'),
  duplicates: count.describe('Rows whose event the trail had already.'),
  filtered: count.describe('Rows that a step left out.'),
  rejected: count,
}

export const idAnswerSchema = z.strictObject({ id: z.uuid() }).meta({ id: 'CollectionId' })

export const readingSchema = z
  .strictObject({
    encoding: z.enum(ENCODINGS),
    bomBytes: count.describe('Of the byte order mark.'),
    delimiter: z.enum(DELIMITERS),
    quote: z.string(),
    header: z.enum(HEADERS),
    lineEnd: z.enum(['lf', 'cr']),
  })
  .meta({ id: 'Reading', description: 'How a file is read.' })
