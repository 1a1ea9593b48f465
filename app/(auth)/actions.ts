'use server'

import { headers } from 'next/headers'
import { redirect } from 'next/navigation'
import { answerForm } from '@/app/action'
import { openBrowserSession } from '@/lib/auth/auth'
import { redeemLinkSchema, signInFormSchema, signUpSchema } from '@/lib/auth/input'
import { redeemLink } from '@/lib/auth/redeem-link'
import { safePath } from '@/lib/auth/safe-path'
import { signUp } from '@/lib/auth/sign-up'
import type { FormState } from '@/lib/errors/form-state'
import { clientOf } from '@/lib/http/peer-address'

export async function signUpAction(_state: FormState<never>, form: FormData): Promise<FormState<never>> {
  return answerForm(form, signUpSchema, async (input) => {
    const { workspace } = await signUp(input, clientOf(await headers()))
    await openBrowserSession({ email: input.email, password: input.password })
    redirect(`/${workspace.slug}/trail`)
  })
}

export async function signInAction(_state: FormState<never>, form: FormData): Promise<FormState<never>> {
  return answerForm(form, signInFormSchema, async ({ next, ...credentials }) => {
    await openBrowserSession(credentials)
    redirect(safePath(next))
  })
}

/** For who holds a one-time link: sets the password of its account and signs in. */
export async function redeemLinkAction(
  secret: unknown,
  _state: FormState<never>,
  form: FormData,
): Promise<FormState<never>> {
  return answerForm(form, redeemLinkSchema, async (input) => {
    const { email } = await redeemLink(secret, input, clientOf(await headers()))
    await openBrowserSession({ email, password: input.password })
    redirect('/')
  })
}
