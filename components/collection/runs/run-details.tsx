import Link from 'next/link'
import { amount } from '@/components/collection/row-counts'
import { formatBytes } from '@/components/forwarding/format-bytes'
import { DetailsList } from '@/components/ui/details-list'
import { Time } from '@/components/ui/time'
import { visibleText } from '@/components/ui/visible-text'
import type { RunView } from '@/lib/collection/runs/run-view'
import { RunStateBadge } from './run-state-badge'
import { lengthOf } from './run-table'
import { RunVersions } from './run-versions'

type Props = {
  run: RunView
  /** Of the section. */
  path: string
}

/** Who asked for a run, what it used, and how it ended. */
export function RunDetails({ run, path }: Props) {
  const { startedAt, endedAt, versions, planId, cancelledBy } = run
  return (
    <DetailsList
      rows={[
        ['State', <RunStateBadge key="state" run={run} />],
        ['Asked for by', visibleText(run.requestedBy)],
        ['Asked for', <Time key="asked" value={run.requestedAt.toISOString()} />],
        ['Began', startedAt && <Time value={startedAt.toISOString()} />],
        ['Ended', endedAt && <Time value={endedAt.toISOString()} />],
        ['Took', lengthOf(run)],
        ['Cancelled by', cancelledBy && visibleText(cancelledBy)],
        [
          'Plan',
          planId && (
            <Link href={`${path}/plans/${planId}`} className="rounded-sm underline underline-offset-3">
              The plan that began it
            </Link>
          ),
        ],
        ['Files', run.kind === 'files' && `${amount(run.files, 'file')} read to the end`],
        ['Read', run.totalBytes > 0 && `${formatBytes(run.readBytes)} of ${formatBytes(run.totalBytes)}`],
        ['Used', versions && <RunVersions path={path} versions={versions} />],
      ]}
    />
  )
}
