import { runAction } from '@/components/form/run-action'
import type { FormAction, FormState } from '@/lib/errors/form-state'

/** Runs an action that takes its input as JSON: blank texts are texts there, and lists are lists. */
export function runJson<Result>(action: FormAction<Result>, input: object): Promise<FormState<Result>> {
  return runAction(action, { input: JSON.stringify(input) })
}

/** An action for `runJson` of which the input may be large: it goes to a route of ours, server actions take 1 MiB. */
export function sendJson<Result>(url: string): FormAction<Result> {
  return async (_, form) => {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: form.get('input'),
    })
    const answer: Answer<Result> = await response.json().catch(() => ({}))
    if (response.ok && 'result' in answer) return { ok: true, result: answer.result }
    const { detail, errors: violations = [] } = answer as Problem
    const errors: Record<string, string> = {}
    for (const violation of violations) errors[violation.pointer.slice(1)] ??= violation.detail
    const message = errors[''] ?? detail ?? `The server answered ${response.status}. Try again.`
    return { ok: false, message, errors, values: {} }
  }
}

/** What went wrong, as RFC 9457 says it. */
type Problem = { detail?: string; errors?: { pointer: string; detail: string }[] }
type Answer<Result> = { result: Result } | Problem
