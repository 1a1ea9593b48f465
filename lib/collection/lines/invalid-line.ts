import { AppError } from '@/lib/errors/app-error'
import type { LineProblem } from './line-view'

const escaped = (part: string | number) => String(part).replaceAll('~', '~0').replaceAll('/', '~1')

/** `Step 2: …`, or what else of a line a problem is about. */
function withPlace({ path, message }: LineProblem): string {
  const [part, place] = path
  if (part === 'steps' && typeof place === 'number') return `Step ${place + 1}: ${message}`
  return part === 'target' && place !== undefined ? `Target, ${place}: ${message}` : message
}

/** Refuses a line: `invalid` with one violation for each problem, at `/definition/…`. */
function invalidLine(name: string, problems: readonly LineProblem[]): AppError {
  const [first] = problems
  const others = problems.length > 1 ? ` There are ${problems.length - 1} more.` : ''
  const message = `${name} is not complete. ${first ? withPlace(first) : ''}${others}`
  return new AppError('invalid', message, {
    violations: problems.map((problem) => ({
      pointer: ['', 'definition', ...problem.path.map(escaped)].join('/'),
      code: 'invalid',
      detail: withPlace(problem),
    })),
  })
}

/** Throws `invalid` unless all problems are warnings. */
export function requireNoProblem(name: string, problems: readonly LineProblem[]): void {
  const errors = problems.filter(({ isWarning }) => !isWarning)
  if (errors.length > 0) throw invalidLine(name, errors)
}
