'use client'

import { Square } from 'lucide-react'
import { ActButton } from '@/components/collection/act-button'
import { amount } from '@/components/collection/row-counts'
import { formatBytes } from '@/components/forwarding/format-bytes'
import { AutoRefresh } from '@/components/ui/auto-refresh'
import { formatDuration } from '@/components/ui/format-time'
import { ProgressBar } from '@/components/ui/progress-bar'
import { Time } from '@/components/ui/time'
import { visibleText } from '@/components/ui/visible-text'
import type { RunView } from '@/lib/collection/runs/run-view'
import type { FormAction } from '@/lib/errors/form-state'
import { RunFigures } from './run-figures'
import { usePace } from './use-pace'

/** People watch it; more often nothing would have changed. */
const REFRESH_MS = 1000

type Props = {
  run: RunView
  /** Left out for who may not. */
  cancel: FormAction<void> | undefined
}

/** A run on its way. It goes on without this page, and is found here again. */
export function RunProgress({ run, cancel }: Props) {
  const pace = usePace(run)
  const { totalBytes, readBytes, state, currentFile } = run
  const share = totalBytes > 0 ? readBytes / totalBytes : 0
  return (
    <section aria-label="Progress" className="mb-5 rounded-lg border border-accent bg-surface px-4 py-3">
      <AutoRefresh everyMs={REFRESH_MS} />
      <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2">
        <h2 className="font-semibold text-base">{headingOf(run)}</h2>
        {cancel && !run.cancelledBy && (
          <ActButton action={cancel} fields={{ id: run.id }} size="sm" pendingLabel="Stopping …">
            <Square aria-hidden />
            Cancel run
          </ActButton>
        )}
      </div>
      <div className="mt-2 flex items-center gap-3">
        <ProgressBar label="Read" share={share} />
        <span className="numeric w-10 text-right text-sm">{Math.floor(100 * Math.min(1, share))} %</span>
      </div>
      <p className="numeric mt-1.5 flex flex-wrap gap-x-4 text-quiet text-xs">
        {totalBytes > 0 && (
          <span>
            {formatBytes(readBytes)} of {formatBytes(totalBytes)}
          </span>
        )}
        <span>{amount(run.rows, 'row')}</span>
        {pace && state === 'running' && <span>{amount(Math.round(pace.rowsPerSecond), 'row')} a second</span>}
        {pace?.secondsLeft != null && <span>{formatDuration(pace.secondsLeft)} left</span>}
      </p>
      {run.rows > 0 && (
        <p className="mt-1 text-sm">
          <RunFigures counts={run} />
        </p>
      )}
      <p className="mt-1 text-quiet text-xs">
        {currentFile && <span className="wrap-anywhere">{visibleText(currentFile.name)} · </span>}
        Asked for by {visibleText(run.requestedBy)}, <Time value={run.requestedAt.toISOString()} />. You may
        leave this page: it goes on.
      </p>
    </section>
  )
}

function headingOf({ state, cancelledBy, kind, silo }: RunView): string {
  if (cancelledBy) return 'Stops after the rows that it is at …'
  if (state === 'queued') return 'Waits for its turn …'
  return kind === 'rejects' ? `Collecting rejects of ${silo} again …` : `Collecting ${silo} …`
}
