import { z } from 'zod'
import { httpFields } from '@/lib/delivery/destinations/http/config'
import { LEVELS } from '@/lib/event/levels'
import type { TrailFilter } from '@/lib/trail/filter'

const MAX_NOTE_LENGTH = 500
/** A form of more log types than this is a filter that nobody understands. */
const MAX_TYPES = 50

/** Where a new destination begins to read: after what is in the trail already, or at its first event. */
const STARTS = ['now', 'beginning'] as const

const fields = {
  note: z.string().trim().max(MAX_NOTE_LENGTH, `At most ${MAX_NOTE_LENGTH} characters.`).default(''),
  types: z
    .array(
      z.string().regex(/^[a-z0-9._-]{1,64}$/, 'A log type is made of a–z, 0–9, dot, underscore and hyphen.'),
    )
    .max(MAX_TYPES, `At most ${MAX_TYPES} log types.`)
    .default([])
    .describe('Log types to forward; all if empty.'),
  levels: z
    .array(z.enum(LEVELS, `Choose from ${LEVELS.join(', ')}.`))
    .default([])
    .describe('Log levels to forward; all if empty.'),
  ...httpFields,
}

const id = z.uuid({ error: 'There is no such destination.' })

export const createDestinationSchema = z.strictObject({
  kind: z.literal('http').default('http'),
  ...fields,
  start: z.enum(STARTS).default('now'),
})
export type CreateDestination = z.output<typeof createDestinationSchema>

/** An API key that is left out stays as it is. */
export const updateDestinationSchema = z.strictObject({ id, ...fields })
export type UpdateDestination = z.output<typeof updateDestinationSchema>

export const destinationIdSchema = z.strictObject({ id })
export type DestinationId = z.output<typeof destinationIdSchema>

/** What a destination forwards, as the filter that everything else reads the trail by. */
export function toTrailFilter({ types, levels }: Pick<CreateDestination, 'types' | 'levels'>): TrailFilter {
  const choice = <T>(values: T[]) => ({ include: [...new Set(values)], exclude: [] })
  return {
    ...(types.length > 0 && { type: choice(types) }),
    ...(levels.length > 0 && { level: choice(levels) }),
  }
}
