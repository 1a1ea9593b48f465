import { AppError, type Violation } from './app-error'

/** What a form shows after it was sent; `ok: null` before. Errors and values are by the name of the field. */
export type FormState<Result = undefined> =
  | { ok: null }
  | { ok: true; result: Result }
  | { ok: false; message: string; errors: Record<string, string>; values: FormValues }

/** A server action as `useActionState` takes it. */
export type FormAction<Result = undefined> = (
  state: FormState<Result>,
  form: FormData,
) => Promise<FormState<Result>>

export type FormValues = Record<string, string | string[]>

export const BLANK_FORM: { ok: null } = { ok: null }

/** Fields that never go back to the browser, not even to their sender. */
const SECRET_FIELD = /password|secret|key|token|^headers$/i

/**
 * The fields of a form as an object: a name that ends in `[]` gives an array, an empty field nothing. Files
 * and the fields that React adds are left out.
 */
export function readForm(form: FormData): FormValues {
  const names = [...new Set(form.keys())].filter((name) => !name.startsWith('$'))
  const entries = names.flatMap((name): [string, string | string[]][] => {
    const texts = form.getAll(name).filter((value) => typeof value === 'string' && value !== '') as string[]
    if (name.endsWith('[]')) return [[name.slice(0, -2), texts]]
    return texts[0] ? [[name, texts[0]]] : []
  })
  return Object.fromEntries(entries)
}

/** Turns an expected error into what the form shows; any other error goes on. */
export function failForm(error: unknown, values: FormValues): FormState<never> {
  if (!(error instanceof AppError)) throw error
  const errors = errorsByField(error.details.violations ?? [])
  return {
    ok: false,
    // What is wrong with the form as a whole stands beside no field.
    message: errors[''] ?? error.message,
    errors,
    values: Object.fromEntries(Object.entries(values).filter(([name]) => !SECRET_FIELD.test(name))),
  }
}

/** The first violation of each field; the pointer's first member names the field. */
function errorsByField(violations: Violation[]): Record<string, string> {
  const errors: Record<string, string> = {}
  for (const { pointer, detail } of violations) {
    const field = pointer.split('/')[1] ?? ''
    errors[field] ??= detail
  }
  return errors
}
