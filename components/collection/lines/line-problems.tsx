import type { LineProblem } from '@/lib/collection/lines/line-view'
import { placeWords } from './problems'

type Props = {
  problems: readonly LineProblem[]
  stepLabels: readonly string[]
  onJump: (problem: LineProblem) => void
}

/** All that is wrong with a line; each leads to its field. */
export function LineProblems({ problems, stepLabels, onJump }: Props) {
  if (problems.length === 0) return null
  const errors = problems.filter(({ isWarning }) => !isWarning).length
  const words = [
    errors > 0 && (errors === 1 ? '1 problem' : `${errors} problems`),
    errors < problems.length && `${problems.length - errors} to look at`,
  ]
  return (
    <section aria-label="Problems" className="rounded-lg border border-line bg-surface">
      <h2 className="border-line border-b px-3 py-2 font-semibold text-sm">
        <span role="status">{words.filter(Boolean).join(', ')}</span>
      </h2>
      <ul className="max-h-60 divide-y divide-line overflow-y-auto">
        {problems.map((problem, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: one field may have the same problem twice
          <li key={at}>
            <button
              type="button"
              onClick={() => onJump(problem)}
              className="flex w-full items-start gap-2 px-3 py-1.5 text-left text-sm hover:bg-hover focus-visible:-outline-offset-2"
            >
              <span className={`shrink-0 ${problem.isWarning ? 'text-warning' : 'text-danger'}`}>
                {placeWords(problem, stepLabels)}
              </span>
              <span className="wrap-anywhere min-w-0">{problem.message}</span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  )
}
