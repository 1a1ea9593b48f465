import { SearchX } from 'lucide-react'
import { EmptyState } from '@/components/ui/empty-state'
import { LinkButton } from '@/components/ui/link-button'
import { GettingStarted } from './getting-started'
import { LiveTable } from './live-table'
import { Pager } from './pager'
import { TrailBody } from './trail-body'
import type { TrailDisplay } from './trail-display'
import type { TrailRow } from './trail-row'
import { TrailTable } from './trail-table'
import { trailHref, withoutFilter } from './trail-url'
import { filterParams, isLive, pageOrder } from './trail-view'

export type TrailPageData = {
  rows: TrailRow[]
  size: number
  next: string | null
  prev: string | null
  isNew: boolean
}

type Props = {
  path: string
  query: string
  slug: string
  url: string
  display: TrailDisplay
  page: TrailPageData
}

/** The events and what there is to know of them all, or why there are none. */
export function TrailResult({ path, query, slug, url, display, page }: Props) {
  const { rows, isNew } = page
  const params = new URLSearchParams(query)
  const label = pageOrder(params) === 'asc' ? 'Events, oldest first' : 'Events, newest first'
  const table = { label, address: { path, query }, display, rows }
  const filterQuery = filterParams(params).toString()
  const empty = <NoEvents clearHref={trailHref(path, withoutFilter(params))} />

  if (isNew)
    return (
      <div className="mt-4">
        <GettingStarted slug={slug} url={url} />
        {rows.length > 0 && <TrailTable {...table} />}
      </div>
    )
  return (
    <TrailBody display={display}>
      {isLive(params) ? (
        <LiveTable key={filterQuery} {...table} filterQuery={filterQuery} empty={empty} />
      ) : rows.length > 0 ? (
        <TrailTable {...table} />
      ) : (
        empty
      )}
      {rows.length > 0 && <Pager size={page.size} prev={page.prev} next={page.next} />}
    </TrailBody>
  )
}

function NoEvents({ clearHref }: { clearHref: string }) {
  return (
    <EmptyState
      title="No event passes this filter"
      mark={<SearchX aria-hidden />}
      actions={
        <LinkButton href={clearHref} prefetch={false}>
          Clear the filter
        </LinkButton>
      }
    >
      Nothing is hidden besides it: the trail is complete. Take a filter off, or look at a longer time.
    </EmptyState>
  )
}
