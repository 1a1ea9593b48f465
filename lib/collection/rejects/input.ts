import { z } from 'zod'
import { REJECT_CODES } from '@/lib/collection/reject'

const DEFAULT_PAGE_SIZE = 100
const MAX_PAGE_SIZE = 1000
/** Lines of one file that are given up at a time by number. */
const MAX_LINES = 1000

const silo = z.string().min(1).max(200)
const fileId = z.uuid({ error: 'There is no such file.' })

const which = {
  silo: silo.optional(),
  run: z.uuid({ error: 'There is no such run.' }).optional().describe('The run that rejected them last.'),
  file: fileId.optional(),
  state: z
    .enum(['open', 'collected', 'discarded'], { error: 'Choose open, collected or discarded.' })
    .optional(),
  code: z.enum(REJECT_CODES, { error: `Choose one of ${REJECT_CODES.join(', ')}.` }).optional(),
}

export const whichRejectsSchema = z.strictObject(which)
/** Which rejects: those that fit all that is given. */
export type WhichRejects = z.output<typeof whichRejectsSchema>

export const listRejectsSchema = z.strictObject({
  ...which,
  after: z.string().optional().describe('`next` of an earlier page.'),
  limit: z.coerce.number().int().min(1).max(MAX_PAGE_SIZE).default(DEFAULT_PAGE_SIZE),
})
export type ListRejects = z.output<typeof listRejectsSchema>

export const discardRejectsSchema = z.strictObject({
  silo,
  file: fileId.optional().describe('Only those of this file.'),
  lines: z
    .array(z.coerce.number().int().min(1))
    .min(1)
    .max(MAX_LINES, `At most ${MAX_LINES} lines at a time.`)
    .optional()
    .describe('Only these lines of the file.'),
})
export type DiscardRejects = z.output<typeof discardRejectsSchema>
