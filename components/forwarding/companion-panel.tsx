import { DetailsList } from '@/components/ui/details-list'
import { Panel } from '@/components/ui/panel'
import { Time } from '@/components/ui/time'
import { visibleText } from '@/components/ui/visible-text'
import type { DestinationView } from '@/lib/forwarding/destination-view'
import { Backlog } from './backlog'
import { conditionOf, isInTrouble, summarizeBacklog } from './destination-summary'
import { StateBadge } from './state-badge'

/** What goes along with a destination, with its own counts: the e-mails about what a storage gets. */
export function CompanionPanel({ companion, now }: { companion: DestinationView; now: number }) {
  const { name, kindLabel, types, stats } = companion
  const condition = conditionOf(companion)
  return (
    <Panel
      title={kindLabel}
      description="Goes along with this destination: it is paused, resumed and removed with it."
    >
      <DetailsList
        rows={[
          [
            'Name',
            <span key="name" className="wrap-anywhere">
              {name}
            </span>,
          ],
          ['State', <StateBadge key="state" condition={condition} />],
          ['Log Types', types.join(', ')],
          ['Last sent', stats.sentAt ? <Time key="last" value={stats.sentAt.toISOString()} /> : 'never'],
          [
            'Events told',
            <span key="sent" className="numeric">
              {stats.sentEvents.toLocaleString('en')}
            </span>,
          ],
          ['Waiting', <Backlog key="waiting" backlog={summarizeBacklog(stats.backlog, now)} />],
          [
            'Last failure',
            stats.failMessage && (
              <span
                key="failure"
                className={`wrap-anywhere ${isInTrouble(condition) ? 'text-danger' : 'text-quiet'}`}
              >
                {visibleText(stats.failMessage)}
              </span>
            ),
          ],
        ]}
      />
    </Panel>
  )
}
