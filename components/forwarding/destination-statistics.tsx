import { CodeBlock } from '@/components/ui/code-block'
import { DetailsList } from '@/components/ui/details-list'
import { Panel } from '@/components/ui/panel'
import { Time } from '@/components/ui/time'
import { visibleText } from '@/components/ui/visible-text'
import type { DestinationDetail } from '@/lib/forwarding/get'
import { Backlog } from './backlog'
import { summarizeBacklog } from './destination-summary'

type Props = { destination: Pick<DestinationDetail, 'stats' | 'awaitingAcks' | 'nextSyncAt'>; now: number }

export function DestinationStatistics({ destination: { stats, awaitingAcks, nextSyncAt }, now }: Props) {
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
          ['Awaiting acknowledgement', awaitingAcks.batches > 0 && awaitingWords(awaitingAcks)],
          ['Next sync', nextSyncAt && moment(nextSyncAt)],
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

function awaitingWords({ batches, events }: DestinationDetail['awaitingAcks']): string {
  const inBatches = `${batches.toLocaleString('en')} ${batches === 1 ? 'batch' : 'batches'}`
  return `${inBatches} with ${events.toLocaleString('en')} ${events === 1 ? 'event' : 'events'}`
}
