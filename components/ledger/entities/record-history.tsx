import { Badge } from '@/components/ui/badge'
import { Panel } from '@/components/ui/panel'
import { visibleText } from '@/components/ui/visible-text'
import type { EntityView, RecordView } from '@/lib/ledger/entities/entity-view'
import { fieldsOf, fieldsThatChanged } from './changed-fields'
import { PeriodWords } from './period-words'

/** What an entity was, period by period, the newest first, each with what it changed. */
export function RecordHistory({ entity: { records, current } }: { entity: EntityView }) {
  return (
    <Panel title="Over time" description="Events are matched with what was true when they happened.">
      <ol className="divide-y divide-line text-sm">
        {records.toReversed().map((record) => {
          const before = records[records.indexOf(record) - 1]
          return (
            <li key={record.validFrom?.toISOString() ?? ''} className="py-2">
              <p className="flex flex-wrap items-baseline gap-x-2">
                <PeriodWords record={record} />
                {isSame(record, current) && <Badge tone="accent">now</Badge>}
              </p>
              <Changes record={record} before={before} />
            </li>
          )
        })}
      </ol>
    </Panel>
  )
}

const isSame = (record: RecordView, current: RecordView | null) =>
  current !== null && record.validFrom?.getTime() === current.validFrom?.getTime()

function Changes({ record, before }: { record: RecordView; before: RecordView | undefined }) {
  const changes = before
    ? fieldsThatChanged(before, record)
    : Object.entries(fieldsOf(record)).map(([name, after]) => ({ name, before: '', after }))
  if (changes.length === 0) return <p className="text-quiet text-xs">as before</p>
  return (
    <ul className="mt-1 text-quiet text-xs">
      {changes.map(({ name, before: old, after }) => (
        <li key={name} className="wrap-anywhere">
          {name}: {old && <del className="text-faint">{visibleText(old)}</del>}{' '}
          <span className="text-ink">{visibleText(after) || 'none'}</span>
        </li>
      ))}
    </ul>
  )
}
