import { Backlog } from '@/components/forwarding/backlog'
import { summarizeBacklog } from '@/components/forwarding/destination-summary'
import { CodeBlock } from '@/components/ui/code-block'
import { DetailsList } from '@/components/ui/details-list'
import { Panel } from '@/components/ui/panel'
import { Time } from '@/components/ui/time'
import { visibleText } from '@/components/ui/visible-text'
import type { DestinationDetail } from '@/lib/forwarding/get'

type Props = { channel: Pick<DestinationDetail, 'stats' | 'nextSyncAt'>; now: number }

/** What became of the notifications so far, and when the next one goes. */
export function ChannelStatistics({ channel: { stats, nextSyncAt }, now }: Props) {
  const count = (value: number) => <span className="numeric">{value.toLocaleString('en')}</span>
  const moment = (value: Date | null) => (value ? <Time value={value.toISOString()} /> : 'never')
  return (
    <Panel title="Statistics">
      <DetailsList
        rows={[
          ['Sent At', moment(stats.sentAt)],
          ['Sent', count(stats.sentBatches)],
          ['Events told', count(stats.sentEvents)],
          ['Failed At', moment(stats.failedAt)],
          ['Failed', count(stats.failedAttempts)],
          ['Fail Message', stats.failMessage && visibleText(stats.failMessage)],
          ['Waiting', <Backlog key="waiting" backlog={summarizeBacklog(stats.backlog, now)} />],
          ['Next message', nextSyncAt && moment(nextSyncAt)],
          ['Set aside', stats.deadEvents > 0 && count(stats.deadEvents)],
          ['Failing since', stats.firstFailureAt && moment(stats.firstFailureAt)],
          ['Next try', stats.retryAt && moment(stats.retryAt)],
        ]}
      />
      {stats.lastAnswer && (
        <div className="mt-3">
          <CodeBlock
            label={`The receiver’s last words${stats.lastStatus === null ? '' : `, with status ${stats.lastStatus}`}`}
            code={stats.lastAnswer}
            shown={visibleText(stats.lastAnswer)}
            wrap
          />
        </div>
      )}
    </Panel>
  )
}
