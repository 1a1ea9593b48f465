import { runAction } from '@/components/form/run-action'
import type { FormAction, FormState } from '@/lib/errors/form-state'

/** Runs an action that needs nothing but the id of a destination, outside a form. */
export function runIdAction<Result>(action: FormAction<Result>, id: string): Promise<FormState<Result>> {
  return runAction(action, { id })
}
