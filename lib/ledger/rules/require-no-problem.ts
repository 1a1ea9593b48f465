import { AppError } from '@/lib/errors/app-error'
import type { MatchingProblem } from './rule-view'

const escaped = (part: string | number) => String(part).replaceAll('~', '~0').replaceAll('/', '~1')

const WORDS: Record<string, string> = { comparisons: 'Comparison', entries: 'Entry' }

/** `Comparison 2: …`, `Entry 1: …` */
function withPlace({ path, message }: MatchingProblem): string {
  const [part, place] = path
  return typeof place === 'number' ? `${WORDS[String(part)]} ${place + 1}: ${message}` : message
}

/**
 * Throws `invalid` with one violation for each problem, below `pointer`, unless all are warnings. `what` begins the
 * sentence: `The rule`.
 */
export function requireNoProblem(what: string, problems: readonly MatchingProblem[], pointer = ''): void {
  const errors = problems.filter(({ isWarning }) => !isWarning)
  const [first] = errors
  if (!first) return
  const more = errors.length - 1
  const others = more > 0 ? ` There ${more === 1 ? 'is one' : `are ${more}`} more.` : ''
  throw new AppError('invalid', `${what} cannot be saved. ${withPlace(first)}${others}`, {
    violations: errors.map((problem) => ({
      pointer: [pointer, ...problem.path.map(escaped)].join('/'),
      code: 'invalid',
      detail: withPlace(problem),
    })),
  })
}
