import { RunTable } from '@/components/collection/runs/run-table'
import { Time } from '@/components/ui/time'
import { visibleText } from '@/components/ui/visible-text'
import type { ExecutionView } from '@/lib/collection/plans/plan-view'
import { ExecutionBadge } from './execution-badge'

type Props = {
  /** Of the section. */
  path: string
  executions: readonly ExecutionView[]
}

/** Each time that a plan was begun, with the runs that it made and the silos that it left out. */
export function ExecutionList({ path, executions }: Props) {
  return (
    <ol className="flex flex-col gap-5">
      {executions.map(({ id, state, startedAt, requestedBy, runs, skipped }) => (
        <li key={id}>
          <p className="mb-1.5 flex flex-wrap items-baseline gap-x-2 text-sm">
            <Time value={startedAt.toISOString()} />
            <ExecutionBadge state={state} />
            <span className="wrap-anywhere text-quiet text-xs">asked for by {visibleText(requestedBy)}</span>
          </p>
          {runs.length > 0 && <RunTable path={path} runs={runs} />}
          {skipped.map(({ silo, reason }) => (
            <p key={silo} className="mt-1 text-quiet text-xs">
              <span className="font-medium">{silo}</span> was left out: {visibleText(reason)}
            </p>
          ))}
        </li>
      ))}
    </ol>
  )
}
