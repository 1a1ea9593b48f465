import { z } from 'zod'
import { TIMELINE_SIDES } from './activity-view'

const DEFAULT_PAGE_SIZE = 50
/** Events are up to a megabyte. */
const MAX_PAGE_SIZE = 200

export const timelineSchema = z.object({
  side: z
    .enum(TIMELINE_SIDES)
    .default('actor')
    .describe('What it did, what was done to it, or sign-ins and sign-outs with it on either side.'),
  cursor: z.string().optional().describe('`next` of an earlier page of the same side.'),
  limit: z.coerce.number().int().min(1).max(MAX_PAGE_SIZE).default(DEFAULT_PAGE_SIZE),
})
export type TimelineRequest = z.output<typeof timelineSchema> & { entity: string }
