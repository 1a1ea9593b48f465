import { z } from 'zod'
import { count } from '@/lib/api/answer-parts'
import { DELIMITERS, ENCODINGS, HEADERS } from '@/lib/collection/reading/reading'

// What several answers have in common.

/** What became of rows: `rows` is the sum of the other four. */
export const countsShape = {
  rows: count.describe('The sum of the other four.'),
  collected: count.describe('Rows that became events.'),
  duplicates: count.describe('Rows whose event the trail had already.'),
  filtered: count.describe('Rows that a step left out.'),
  rejected: count,
}

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
