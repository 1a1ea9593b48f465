import type { FormState } from '@/lib/errors/form-state'

/** What a form shows of its state: nothing before it was sent and after it worked. Lists are left out. */
export function fieldsOf(state: FormState<unknown>): {
  message?: string
  errors: Record<string, string | undefined>
  values: Record<string, string | undefined>
} {
  if (state.ok !== false) return { errors: {}, values: {} }
  const texts = Object.entries(state.values).filter(
    (entry): entry is [string, string] => typeof entry[1] === 'string',
  )
  return { message: state.message, errors: state.errors, values: Object.fromEntries(texts) }
}
