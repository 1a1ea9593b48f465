import { readAttributes } from '@/lib/collection/sandbox/attributes-read'
import type { Sandbox } from '@/lib/collection/sandbox/sandbox'
import type { LineProblem } from './line-view'
import type { RowAttributes } from './row-attributes'

/** What is wrong with one expression: that it is none, or attributes that rows don't have there. */
export function checkExpression(
  expression: string,
  path: LineProblem['path'],
  attributes: RowAttributes,
  sandbox: Sandbox | undefined,
): LineProblem[] {
  const problem = sandbox?.check(expression)
  if (problem) return [{ path, message: problem.message }]
  return readAttributes(expression)
    .names.filter((name) => !attributes.has(name))
    .map((name) => ({ path, message: attributes.unknown(name) }))
}
