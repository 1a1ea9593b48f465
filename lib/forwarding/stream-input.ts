import { z } from 'zod'
import type { DestinationRole } from '@/lib/delivery/destinations/roles'
import { isMoment } from '@/lib/event/is-moment'
import type { NamedDestination } from './find-destination'
import { idSchemaOf } from './input'

const MAX_REASON_LENGTH = 500

const seq = z
  .union(
    [
      z.number(),
      z
        .string()
        .regex(/^\d{1,16}$/)
        .transform(Number),
    ],
    'Give the number of an event.',
  )
  .pipe(
    z
      .int('Give a whole number.')
      .min(0, 'The first event has the number 0.')
      .max(Number.MAX_SAFE_INTEGER, 'There is no such event.'),
  )
const moment = z
  .string()
  .refine(
    (text) => z.iso.datetime({ offset: true }).safeParse(text).success && isMoment(text),
    'Give a date and time with zone, such as 2026-11-20T22:37:59Z.',
  )
const reason = z
  .string({ error: 'Say why.' })
  .trim()
  .min(3, 'Say why, in a few words: it stands in the trail.')
  .max(MAX_REASON_LENGTH, `At most ${MAX_REASON_LENGTH} characters.`)

type Check = z.core.$RefinementCtx
function complain(check: Check, path: string, message: string): void {
  check.addIssue({ code: 'custom', path: [path], message })
}

/** Where a stream goes on: where it stopped, at a moment, or with what comes now. */
const RESUME_FROM = ['cursor', 'time', 'now'] as const

const resumeFields = {
  from: z
    .enum(RESUME_FROM, `Choose from ${RESUME_FROM.join(', ')}.`)
    .optional()
    .describe('`cursor`, where it stopped, unless given; the others skip what lies between.'),
  at: moment.optional().describe('For `time`: the first event that was received then or later.'),
  reason: reason.optional().describe('Why events are skipped; it stands in the trail.'),
}
const needsMoment = ({ from, at }: { from?: string | undefined; at?: string | undefined }, check: Check) => {
  if (from === 'time' && at === undefined) complain(check, 'at', 'Say from when on.')
}
export const resumeBodySchema = z.strictObject(resumeFields).superRefine(needsMoment)
export type ResumeDestination = NamedDestination & z.output<typeof resumeBodySchema>

const skipFields = {
  throughSeq: seq
    .optional()
    .describe('The last event to be skipped; without it everything that is in the trail now.'),
  reason,
}
export const skipBodySchema = z.strictObject(skipFields)
export type SkipEvents = NamedDestination & z.output<typeof skipBodySchema>

/** `range` has both ends, `since` only the first, `dead` takes what was set aside. */
const REPLAYS = ['range', 'since', 'dead'] as const

const replayFields = {
  what: z.enum(REPLAYS, `Choose from ${REPLAYS.join(', ')}.`),
  fromSeq: seq.optional().describe('The first event.'),
  throughSeq: seq.optional().describe('The last event.'),
  from: moment.optional().describe('Instead of `fromSeq`: received then or later.'),
  to: moment.optional().describe('Instead of `throughSeq`: received before.'),
}
type Replay = z.output<z.ZodObject<typeof replayFields>>
function checkReplay({ what, fromSeq, throughSeq, from, to }: Replay, check: Check): void {
  if (fromSeq !== undefined && from !== undefined)
    complain(check, 'from', 'Give a number or a time, not both.')
  if (throughSeq !== undefined && to !== undefined)
    complain(check, 'to', 'Give a number or a time, not both.')
  if (fromSeq !== undefined && throughSeq !== undefined && throughSeq < fromSeq)
    complain(check, 'throughSeq', 'The last number is before the first.')
  if (from !== undefined && to !== undefined && Date.parse(to) <= Date.parse(from))
    complain(check, 'to', 'The end is before the beginning.')
  if (what === 'dead') return
  if (fromSeq === undefined && from === undefined) complain(check, 'fromSeq', 'Say where to begin.')
  const hasEnd = throughSeq !== undefined || to !== undefined
  if (what === 'range' && !hasEnd) complain(check, 'throughSeq', 'Say where to end.')
  if (what === 'since' && hasEnd) complain(check, 'throughSeq', 'Since has no end; choose a range.')
}
export const replayBodySchema = z.strictObject(replayFields).superRefine(checkReplay)
export type ReplayEvents = NamedDestination & z.output<typeof replayBodySchema>

const cancelFields = { replayId: z.uuid('There is no such replay.') }
export type CancelReplay = NamedDestination & z.output<z.ZodObject<typeof cancelFields>>

/** The same where the input names the destination, or channel. */
export function streamSchemasOf<Role extends DestinationRole>(role: Role) {
  const named = idSchemaOf(role).shape
  return {
    resume: z.strictObject({ ...named, ...resumeFields }).superRefine(needsMoment),
    skip: z.strictObject({ ...named, ...skipFields }),
    replay: z.strictObject({ ...named, ...replayFields }).superRefine(checkReplay),
    cancelReplay: z.strictObject({ ...named, ...cancelFields }),
  }
}
