import { CodeBlock } from '@/components/ui/code-block'
import { DetailsList } from '@/components/ui/details-list'
import { Panel } from '@/components/ui/panel'
import { Time } from '@/components/ui/time'
import type { DeliveryStats } from '@/lib/forwarding/destination-view'
import { Backlog } from './backlog'
import { summarizeBacklog } from './destination-summary'

export function DestinationStatistics({ stats, now }: { stats: DeliveryStats; now: number }) {
  const count = (value: number) => <span className="numeric">{value.toLocaleString('en')}</span>
  const moment = (value: Date | null) => (value ? <Time value={value.toISOString()} /> : 'never')
  return (
    <Panel title="Statistics">
      <DetailsList
        rows={[
          ['Last sent', moment(stats.sentAt)],
          ['Events sent', count(stats.sentEvents)],
          ['Batches sent', count(stats.sentBatches)],
          ['Waiting', <Backlog key="waiting" backlog={summarizeBacklog(stats.backlog, now)} />],
          ['Last failed', moment(stats.failedAt)],
          ['Failed tries', count(stats.failedAttempts)],
          ['Set aside', stats.deadEvents > 0 && count(stats.deadEvents)],
          ['Failing since', stats.firstFailureAt && moment(stats.firstFailureAt)],
          ['Next try', stats.retryAt && moment(stats.retryAt)],
        ]}
      />
      {stats.lastAnswer && (
        <div className="mt-3">
          <CodeBlock
            label={`The receiver’s last words${stats.lastStatus === null ? '' : `, with HTTP ${stats.lastStatus}`}`}
            code={stats.lastAnswer}
            wrap
          />
        </div>
      )}
    </Panel>
  )
}
