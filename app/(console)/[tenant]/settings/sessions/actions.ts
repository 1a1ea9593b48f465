'use server'

import { revalidatePath } from 'next/cache'
import { headers } from 'next/headers'
import { answerForm } from '@/app/action'
import { requireSession } from '@/app/session'
import { noInputSchema, sessionIdSchema } from '@/lib/auth/input'
import { revokeOtherSessions, revokeSession } from '@/lib/auth/revoke-session'
import type { FormState } from '@/lib/errors/form-state'
import { clientOf } from '@/lib/http/peer-address'

/** For a signed-in person, about their own sessions. */
export async function revokeSessionAction(_state: FormState<void>, form: FormData): Promise<FormState<void>> {
  const person = await requireSession('/')
  return answerForm(form, sessionIdSchema, async (input) => {
    await revokeSession(person, input, clientOf(await headers()))
    revalidatePath('/[tenant]/settings/sessions', 'page')
  })
}

/** For a signed-in person, about their own sessions; answers how many were ended. */
export async function revokeOtherSessionsAction(
  _state: FormState<number>,
  form: FormData,
): Promise<FormState<number>> {
  const person = await requireSession('/')
  return answerForm(form, noInputSchema, async () => {
    const count = await revokeOtherSessions(person, clientOf(await headers()))
    revalidatePath('/[tenant]/settings/sessions', 'page')
    return count
  })
}
