import { notFound } from 'next/navigation'
import type { z } from 'zod'
import { type Permission, requirePermission, type TenantScope } from '@/lib/access/scope'
import { type FormState, failForm, readForm } from '@/lib/errors/form-state'
import { isStorableText, parseInput } from '@/lib/errors/parse-input'
import { requireMember } from './session'

/**
 * A server action around one verb: session, membership, permission, parse, verb, then the state of the form.
 * Bind the workspace's name for `useActionState`: `saveToken.bind(null, slug)`. To go to another page, let
 * the verb's wrapper call `redirect`.
 */
export function memberAction<Input, Result>(
  permission: Permission,
  schema: z.ZodType<Input>,
  verb: (scope: TenantScope, input: Input) => Promise<Result>,
) {
  return async (slug: unknown, _state: FormState<Result>, form: FormData): Promise<FormState<Result>> => {
    // What was bound to the form comes back from the browser, which may send anything.
    if (!isStorableText(slug)) notFound()
    const scope = await requireMember(slug)
    return answerForm(form, schema, (input) => {
      requirePermission(scope, permission)
      return verb(scope, input)
    })
  }
}

/** The part of an action that needs no workspace: parse, run, and say what is wrong beside the fields. */
export async function answerForm<Input, Result>(
  form: FormData,
  schema: z.ZodType<Input>,
  run: (input: Input) => Promise<Result>,
): Promise<FormState<Result>> {
  const values = readForm(form)
  try {
    return { ok: true, result: await run(parseInput(schema, values)) }
  } catch (error) {
    return failForm(error, values)
  }
}
