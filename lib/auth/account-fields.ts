import { z } from 'zod'

export const MIN_PASSWORD_LENGTH = 10
/** Longer ones only make the server hash more. */
export const MAX_PASSWORD_LENGTH = 200

export const passwordSchema = z
  .string({ error: 'Enter a password.' })
  .min(MIN_PASSWORD_LENGTH, `Use at least ${MIN_PASSWORD_LENGTH} characters.`)
  .max(MAX_PASSWORD_LENGTH, `Use at most ${MAX_PASSWORD_LENGTH} characters.`)

/** RFC 5321 lets an address have 254 characters at the most. */
const MAX_EMAIL_LENGTH = 254
const MAX_PERSON_NAME_LENGTH = 120

export const emailSchema = z
  .string({ error: 'Enter an e-mail address.' })
  .trim()
  .toLowerCase()
  .max(MAX_EMAIL_LENGTH, 'This is too long for an e-mail address.')
  .pipe(z.email('Enter an e-mail address, such as name@example.com.'))

export const personNameSchema = z
  .string({ error: 'Enter your name.' })
  .trim()
  .min(1, 'Enter your name.')
  .max(MAX_PERSON_NAME_LENGTH, `At most ${MAX_PERSON_NAME_LENGTH} characters.`)
