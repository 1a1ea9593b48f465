import { CircleAlert, TriangleAlert } from 'lucide-react'
import type { TableProblem } from '@/lib/collection/tables/table'

type Props = { problems: readonly TableProblem[]; onJump: (problem: TableProblem) => void }

/** All that is wrong with a table; each leads to its cell. */
export function ProblemList({ problems, onJump }: Props) {
  if (problems.length === 0) return null
  const errors = problems.filter(({ severity }) => severity === 'error').length
  const warnings = problems.length - errors
  const counted = [
    errors > 0 && `${errors} ${errors === 1 ? 'problem' : 'problems'}`,
    warnings > 0 && `${warnings} ${warnings === 1 ? 'warning' : 'warnings'}`,
  ].filter(Boolean)
  return (
    <section aria-label="Problems" className="rounded-lg border border-line bg-surface">
      <h2 className="border-line border-b px-3 py-2 font-semibold text-sm">
        <span role="status">{counted.join(', ')}</span>
      </h2>
      <ul className="max-h-60 divide-y divide-line overflow-y-auto">
        {problems.map((problem, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: one cell may have the same problem twice
          <li key={at}>
            <button
              type="button"
              onClick={() => onJump(problem)}
              className="flex w-full items-start gap-2 px-3 py-1.5 text-left text-sm hover:bg-hover focus-visible:-outline-offset-2"
            >
              {problem.severity === 'error' ? (
                <CircleAlert aria-label="Problem" className="mt-0.5 size-4 shrink-0 text-danger" />
              ) : (
                <TriangleAlert aria-label="Warning" className="mt-0.5 size-4 shrink-0 text-warning" />
              )}
              <span className="numeric shrink-0 text-quiet">
                row {problem.row}
                {problem.column && (
                  <>
                    , <span className="literal">{problem.column}</span>
                  </>
                )}
              </span>
              <span className="wrap-anywhere min-w-0">{problem.detail}</span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  )
}
