import { BLANK_FORM, type FormAction, type FormState } from '@/lib/errors/form-state'

/** Runs an action with these fields outside a form. A server that can't be reached is an answer too. */
export function runAction<Result>(
  action: FormAction<Result>,
  fields: Record<string, string>,
): Promise<FormState<Result>> {
  const form = new FormData()
  for (const [name, value] of Object.entries(fields)) form.set(name, value)
  return runForm(action, form)
}

/** The same for a form that was filled in already. */
export async function runForm<Result>(
  action: FormAction<Result>,
  form: FormData,
): Promise<FormState<Result>> {
  try {
    return await action(BLANK_FORM, form)
  } catch (error) {
    // With a digest it comes from the server: a redirect, or a bug for the error page.
    if (error instanceof Error && 'digest' in error) throw error
    return {
      ok: false,
      message: 'The server did not answer. Check your connection and try again.',
      errors: {},
      values: {},
    }
  }
}
