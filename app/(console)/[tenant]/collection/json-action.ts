import { notFound } from 'next/navigation'
import type { z } from 'zod'
import { requireMember } from '@/app/session'
import { type Permission, requirePermission, type TenantScope } from '@/lib/access/scope'
import { AppError } from '@/lib/errors/app-error'
import type { FormState } from '@/lib/errors/form-state'
import { isStorableText, parseInput } from '@/lib/errors/parse-input'
import { requireStorable } from './require-storable'

/**
 * Like `memberAction`, for what is deeper than a form: the field `input` holds it as JSON. Errors are by the place in
 * it, `origin/bucket`. Nothing of it goes back: its form holds what was typed, secrets included.
 */
export function jsonAction<Input, Result>(
  permission: Permission,
  schema: z.ZodType<Input>,
  verb: (scope: TenantScope, input: Input) => Promise<Result>,
) {
  return async (slug: unknown, _state: FormState<Result>, form: FormData): Promise<FormState<Result>> => {
    // What was bound to the form comes back from the browser, which may send anything.
    if (!isStorableText(slug)) notFound()
    const scope = await requireMember(slug)
    try {
      requirePermission(scope, permission)
      return { ok: true, result: await verb(scope, parseInput(schema, readJson(form.get('input')))) }
    } catch (error) {
      if (!(error instanceof AppError)) throw error
      const violations = error.details.violations ?? []
      const errors: Record<string, string> = {}
      for (const { pointer, detail } of violations) errors[pointer.slice(1)] ??= detail
      return { ok: false, message: errors[''] ?? error.message, errors, values: {} }
    }
  }
}

function readJson(text: unknown): unknown {
  if (typeof text !== 'string') throw notComplete()
  try {
    const input: unknown = JSON.parse(text)
    requireStorable(input)
    return input
  } catch (cause) {
    if (!(cause instanceof SyntaxError)) throw cause
    throw notComplete()
  }
}

const notComplete = () => new AppError('invalid', 'The form is not complete. Load the page again.')
