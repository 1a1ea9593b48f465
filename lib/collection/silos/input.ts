import { z } from 'zod'
import { originSchema } from '@/lib/collection/origins/origin'
import { readingChoiceSchema } from '@/lib/collection/reading/reading'
import { globComplaint } from './match-name'

/** As a host's label (RFC 1035): it stands in addresses and in `silo:<name>`. */
const NAME = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/
/** The console's page for a new silo has this address. */
const RESERVED_NAMES = ['new']
const MAX_NOTE_LENGTH = 500
const DEFAULT_KEEP_DAYS = 30
/** Ten years: who needs a file longer keeps it elsewhere. */
const MAX_KEEP_DAYS = 3650

/** A switch of a form, too. */
const switched = z.union([z.boolean(), z.stringbool()])

const name = z
  .string({ error: 'Give the silo a name.' })
  .trim()
  .regex(NAME, 'A name is made of a–z, 0–9 and hyphens, at most 63: windows-security.')
  .refine((text) => !RESERVED_NAMES.includes(text), 'This name is taken by the console. Choose another.')

const common = {
  note: z.string().trim().max(MAX_NOTE_LENGTH, `At most ${MAX_NOTE_LENGTH} characters.`).default(''),
  lineId: z
    .uuid({ error: 'There is no such line.' })
    .nullable()
    .default(null)
    .describe('The line that collects its files; none yet if null.'),
  origin: originSchema.default({ kind: 'upload' }),
  pattern: z
    .string()
    .trim()
    .superRefine((pattern, check) => {
      const message = globComplaint(pattern)
      if (message) check.addIssue({ code: 'custom', message })
    })
    .default('*')
    .describe('Which files it takes, by name: *.csv, security-202?-*.{csv,txt}, and **/*.csv below folders.'),
  reading: readingChoiceSchema.default({}),
  collectsAtOnce: switched.default(false).describe('Whether files are collected as soon as they arrive.'),
  keepDays: z.coerce
    .number({ error: `Give a number of days from 1 to ${MAX_KEEP_DAYS}.` })
    .int('Give a whole number of days.')
    .min(1, 'At least 1 day.')
    .max(MAX_KEEP_DAYS, `At most ${MAX_KEEP_DAYS} days.`)
    .default(DEFAULT_KEEP_DAYS)
    .describe('Days after which the content of a collected file is forgotten.'),
}

const unchangedSince = z.iso
  .datetime({ offset: true, error: 'Give the time that `updatedAt` said.' })
  .optional()
  .describe('`updatedAt` as it was read: refused if somebody else has changed it since.')

const silo = z.string({ error: 'Name the silo.' })

/** What a silo is made from. */
export const createSiloSchema = z.strictObject({ name, ...common })
export type CreateSilo = z.output<typeof createSiloSchema>

/** The whole of it as it shall be, but for its name. A secret that is left out stays as it is. */
export const updateSiloSchema = z.strictObject({ silo, ...common, unchangedSince })
export type UpdateSilo = z.output<typeof updateSiloSchema>

/** The same where the path names it. */
export const changeSiloSchema = updateSiloSchema.omit({ silo: true })

export const siloNameSchema = z.strictObject({ silo })
export type SiloName = z.output<typeof siloNameSchema>

/** An origin that is being filled in; with the name of a silo its stored secret counts. */
export const testOriginSchema = z.strictObject({
  silo: silo.optional(),
  origin: originSchema,
  pattern: common.pattern,
})
export type TestOrigin = z.output<typeof testOriginSchema>
