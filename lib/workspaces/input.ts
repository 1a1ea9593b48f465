import { z } from 'zod'
import { emailSchema, passwordSchema } from '@/lib/auth/account-fields'
import { checkSlug, MAX_SLUG_LENGTH, MIN_SLUG_LENGTH } from './slug'
import { isTimeZone } from './time-zones'

const MAX_NAME_LENGTH = 80

export const workspaceNameSchema = z
  .string({ error: 'Name the workspace.' })
  .trim()
  .min(1, 'Name the workspace.')
  .max(MAX_NAME_LENGTH, `At most ${MAX_NAME_LENGTH} characters.`)

export const slugSchema = z
  .string({ error: `Choose ${MIN_SLUG_LENGTH} to ${MAX_SLUG_LENGTH} characters for the address.` })
  .trim()
  .toLowerCase()
  .superRefine((slug, context) => {
    const problem = checkSlug(slug)
    if (problem) context.addIssue({ code: 'custom', message: problem })
  })

export const renameWorkspaceSchema = z.strictObject({ name: workspaceNameSchema })
export type RenameWorkspace = z.output<typeof renameWorkspaceSchema>

export const setTimeZoneSchema = z.strictObject({
  timeZone: z
    .string({ error: 'Choose a time zone.' })
    .trim()
    .refine(isTimeZone, 'Choose a time zone by its name, such as Europe/Berlin.'),
})
export type SetTimeZone = z.output<typeof setTimeZoneSchema>

/** Each is a name that somebody must know of; a workspace with more merges several. */
const MAX_ALIASES = 10
const MAX_ALIAS_LENGTH = 100

/** Case-sensitive, as files write them. */
const aliasSchema = z
  .string({ error: 'Write the name as files do.' })
  .trim()
  .min(1, 'Write the name as files do.')
  .max(MAX_ALIAS_LENGTH, `At most ${MAX_ALIAS_LENGTH} characters.`)
  .regex(
    /^[\p{L}\p{N}](?:[\p{L}\p{N} ._@/:-]*[\p{L}\p{N}])?$/u,
    'Use letters, digits, and between them spaces and . _ @ / : -.',
  )

export const setAliasesSchema = z.strictObject({
  aliases: z
    .array(aliasSchema, { error: 'Give a list of names.' })
    .max(MAX_ALIASES, `At most ${MAX_ALIASES} aliases.`)
    .transform((aliases) => [...new Set(aliases)])
    .describe('Other names by which collected files may call the workspace.'),
})
export type SetAliases = z.output<typeof setAliasesSchema>

export const createForOwnerSchema = z.strictObject({
  slug: slugSchema,
  name: workspaceNameSchema,
  ownerEmail: emailSchema,
  password: passwordSchema.optional(),
  /** The operator knows that the owner has an account, and that it is theirs. */
  existingAccount: z.boolean().optional(),
})
export type CreateForOwner = z.output<typeof createForOwnerSchema>
