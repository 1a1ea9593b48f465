import { z } from 'zod'
import { TOKEN_SCOPE_NAMES } from './token-scopes'

const MAX_NAME_LENGTH = 80

/** A day means its end in UTC, so that a token "until 1 January" works all through that day. */
const expiry = z
  .union(
    [
      z.iso.date().transform((day) => new Date(`${day}T23:59:59.999Z`)),
      z.iso.datetime({ offset: true }).transform((moment) => new Date(moment)),
    ],
    { error: 'Give a day as 2027-01-31, or a moment as 2027-01-31T12:00:00Z.' },
  )
  .refine((moment) => moment.getTime() > Date.now(), 'Choose a day that is still to come.')

export const createTokenSchema = z.strictObject({
  name: z
    .string({ error: 'Give the token a name: what uses it?' })
    .trim()
    .min(1, 'Give the token a name: what uses it?')
    .max(MAX_NAME_LENGTH, `At most ${MAX_NAME_LENGTH} characters.`),
  scopes: z
    .array(z.enum(TOKEN_SCOPE_NAMES, { error: `Choose from ${TOKEN_SCOPE_NAMES.join(', ')}.` }), {
      error: 'Choose at least one scope.',
    })
    .min(1, 'Choose at least one scope.')
    .transform((scopes) => TOKEN_SCOPE_NAMES.filter((scope) => scopes.includes(scope))),
  expiresAt: expiry.optional(),
})
export type CreateToken = z.output<typeof createTokenSchema>

export const tokenIdSchema = z.strictObject({ id: z.uuid({ error: 'There is no such token.' }) })
export type TokenId = z.output<typeof tokenIdSchema>
