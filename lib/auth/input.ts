import { z } from 'zod'
import { slugSchema, workspaceNameSchema } from '@/lib/workspaces/input'
import { emailSchema, MAX_PASSWORD_LENGTH, passwordSchema, personNameSchema } from './account-fields'

export const signUpSchema = z.strictObject({
  name: personNameSchema,
  email: emailSchema,
  password: passwordSchema,
  workspaceName: workspaceNameSchema,
  slug: slugSchema,
})
export type SignUp = z.output<typeof signUpSchema>

export const signInSchema = z.strictObject({
  email: emailSchema,
  // Not the rules for new passwords: a wrong guess needn't learn them.
  password: z
    .string({ error: 'Enter your password.' })
    .max(MAX_PASSWORD_LENGTH, `A password has at most ${MAX_PASSWORD_LENGTH} characters.`),
})
export type SignIn = z.output<typeof signInSchema>

/** The sign-in form also carries where to go on to, which `safePath` checks. */
export const signInFormSchema = signInSchema.extend({ next: z.string().optional() })

export const redeemLinkSchema = z.object({ password: passwordSchema })
export type RedeemLink = z.output<typeof redeemLinkSchema>

export const sessionIdSchema = z.strictObject({ id: z.uuid({ error: 'There is no such session.' }) })

/** For forms that are a button only. */
export const noInputSchema = z.strictObject({})
