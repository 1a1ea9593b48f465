import { DetailsList } from '@/components/ui/details-list'
import { Notice } from '@/components/ui/notice'
import { ProgressBar } from '@/components/ui/progress-bar'
import { Time } from '@/components/ui/time'
import { visibleText } from '@/components/ui/visible-text'
import type { Retention, RetentionStatus } from '@/lib/retention/retention'

const HELD_TITLES: Record<NonNullable<RetentionStatus['held']>['by'], string> = {
  legal_hold: 'Nothing is dropped at present',
  destination: 'Events whose time has passed are still there',
  seal: 'Events whose time has passed are still there',
}

type Props = { retention: Retention; status: RetentionStatus }

const inDays = (days: number) => `${days.toLocaleString('en')} ${days === 1 ? 'day' : 'days'}`

/** What retention has done so far, and why it does not do more. */
export function RetentionStatusList({ retention, status }: Props) {
  const { firstSeq, droppedEvents, emptiedEvents, checkedAt, nextRunAt, droppingTo, held } = status
  const count = (value: number) => <span className="numeric">{value.toLocaleString('en')}</span>
  return (
    <>
      {held && (
        <Notice kind="warning" title={HELD_TITLES[held.by]} className="mb-2">
          <span className="wrap-anywhere">{visibleText(held.words)}</span>
        </Notice>
      )}
      {droppingTo !== null && (
        <div className="mb-2 flex items-center gap-3 text-sm">
          <ProgressBar label="Dropped so far" share={droppingTo === 0 ? 0 : firstSeq / droppingTo} />
          <span className="numeric text-quiet text-xs">
            dropping up to seq {droppingTo.toLocaleString('en')}, now at {firstSeq.toLocaleString('en')}
          </span>
        </div>
      )}
      <DetailsList
        rows={[
          ['All events', retention.days === null ? 'kept for ever' : inDays(retention.days)],
          ...retention.types.map(({ type, days }): [string, string] => [type, inDays(days)]),
          [
            'Chosen',
            retention.updatedAt && (
              <span key="chosen">
                <Time value={retention.updatedAt.toISOString()} /> by {visibleText(retention.updatedBy ?? '')}
              </span>
            ),
          ],
          ['Dropped events', count(droppedEvents)],
          ['Emptied events', count(emptiedEvents)],
          [
            'First event left',
            firstSeq > 0 && <span className="numeric">seq {firstSeq.toLocaleString('en')}</span>,
          ],
          ['Looked at last', checkedAt ? <Time key="checked" value={checkedAt.toISOString()} /> : 'never'],
          ['Next look', nextRunAt && <Time key="next" value={nextRunAt.toISOString()} />],
        ]}
      />
    </>
  )
}
