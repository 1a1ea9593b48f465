import { BLANK_FORM, type FormAction, type FormState } from '@/lib/errors/form-state'

/**
 * Runs an action that needs nothing but the id of a destination, outside a form. A server that can't be
 * reached is an answer too.
 */
export async function runIdAction<Result>(
  action: FormAction<Result>,
  id: string,
): Promise<FormState<Result>> {
  const form = new FormData()
  form.set('id', id)
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
