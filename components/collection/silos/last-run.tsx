import Link from 'next/link'
import { CountsSum } from '@/components/collection/counts-sum'
import { isRunOpen, RunStateBadge } from '@/components/collection/runs/run-state-badge'
import { Notice } from '@/components/ui/notice'
import { Time } from '@/components/ui/time'
import { visibleText } from '@/components/ui/visible-text'
import type { RunView } from '@/lib/collection/runs/run-view'

type Props = {
  run: RunView | null
  /** Of the section. */
  path: string
}

/** What the latest run gave back. */
export function LastRun({ run, path }: Props) {
  if (!run) return <p className="text-quiet text-sm">None yet.</p>
  return (
    <div className="flex flex-col gap-3">
      <p className="flex flex-wrap items-baseline gap-x-2 text-sm">
        <Link href={`${path}/runs/${run.id}`} className="rounded-sm underline underline-offset-3">
          <Time value={(run.startedAt ?? run.requestedAt).toISOString()} />
        </Link>
        <RunStateBadge run={run} />
        {run.kind === 'rejects' && <span className="text-quiet text-xs">rejects again</span>}
      </p>
      <CountsSum counts={run} />
      {run.error && !isRunOpen(run) && <Notice kind="error">{visibleText(run.error)}</Notice>}
    </div>
  )
}
