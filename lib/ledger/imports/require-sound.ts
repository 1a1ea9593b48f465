import { AppError, type Violation } from '@/lib/errors/app-error'
import type { ImportProblem } from './import-view'

const toViolation = ({ line, column, detail }: ImportProblem): Violation => ({
  pointer:
    column === undefined ? `/${line}` : `/${line}/${column.replaceAll('~', '~0').replaceAll('/', '~1')}`,
  code: 'invalid',
  detail: `Line ${line}${column === undefined ? '' : `, ${column}`}: ${detail}`,
})

/** Throws `invalid` where something is wrong with a file, with all of it as violations at `/line/column`. */
export function requireSound(problems: readonly ImportProblem[]): void {
  const [first] = problems.map(toViolation)
  if (!first) return
  const others = problems.length - 1
  const more = others > 0 ? ` There ${others === 1 ? 'is one' : `are ${others}`} more.` : ''
  throw new AppError('invalid', `${first.detail}${more}`, { violations: problems.map(toViolation) })
}
