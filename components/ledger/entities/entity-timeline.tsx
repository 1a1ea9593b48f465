import { OverviewPanel } from '@/components/trail/overview-panel'
import type { OverviewResult } from '@/components/trail/overview-result'
import { OverviewSource } from '@/components/trail/overview-source'
import { DEFAULT_COLUMNS } from '@/components/trail/trail-display'
import { TrailNavigation } from '@/components/trail/trail-navigation'
import type { TrailRow } from '@/components/trail/trail-row'
import { TrailTable } from '@/components/trail/trail-table'
import { EmptyState } from '@/components/ui/empty-state'
import type { TimelineSide } from '@/lib/ledger/timeline/activity-view'

type Props = {
  side: TimelineSide
  rows: TrailRow[]
  hasMore: boolean
  trailPath: string
  /** The filter of the trail that finds them: all values and bars lead on into the trail with it. */
  query: string
  /** Left out for what no filter finds. */
  overview: Promise<OverviewResult> | undefined
}

const NOTHING: Record<TimelineSide, string> = {
  actor: 'No event says that it did something.',
  target: 'No event says that something was done to it.',
  'sign-ins': 'No event says that it signed in or out, or tried to.',
}

/** Events of one side of an entity, newest first, and when they happened. */
export function EntityTimeline({ side, rows, hasMore, trailPath, query, overview }: Props) {
  const table =
    rows.length > 0 ? (
      <TrailTable
        label="Events, newest first"
        address={{ path: trailPath, query }}
        display={{ columns: [...DEFAULT_COLUMNS], density: 'comfortable', facets: false }}
        rows={rows}
      />
    ) : (
      <EmptyState title={hasMore ? 'Nothing found so far' : 'Nothing yet'}>
        {hasMore ? 'The search has read as much as a page may. It goes on with “More”.' : NOTHING[side]}
      </EmptyState>
    )
  return (
    <TrailNavigation path={trailPath} query={query}>
      {overview && rows.length > 1 && (
        <OverviewSource promise={overview} query={query}>
          <div className="mb-3">
            <OverviewPanel />
          </div>
        </OverviewSource>
      )}
      {table}
    </TrailNavigation>
  )
}
