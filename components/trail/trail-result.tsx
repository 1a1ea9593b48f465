import { droppedWords } from './dropped-words'
import { GettingStarted } from './getting-started'
import { LiveTable } from './live-table'
import { NoEvents } from './no-events'
import { Pager } from './pager'
import { SearchRest } from './search-rest'
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
  /** Where the search stopped before the page was full: it goes on there. */
  rest: { cursor: string; seq: number } | null
  /** For a live page: the seq of the first event that it can't have. */
  head: number | undefined
  isNew: boolean
}

type Props = {
  path: string
  query: string
  slug: string
  url: string
  display: TrailDisplay
  page: TrailPageData
  /** The first event that retention left. */
  firstSeq: number
}

/** The events and what there is to know of them all, or why there are none. */
export function TrailResult({ path, query, slug, url, display, page, firstSeq }: Props) {
  const { rows, rest, next, prev, isNew } = page
  const params = new URLSearchParams(query)
  const label = pageOrder(params) === 'asc' ? 'Events, oldest first' : 'Events, newest first'
  const table = { label, address: { path, query }, display, rows }
  const filterQuery = filterParams(params).toString()
  const empty = rest ? (
    <SearchRest rest={rest} isEmpty />
  ) : (
    <NoEvents
      clearHref={trailHref(path, withoutFilter(params))}
      isFurtherPage={params.has('cursor')}
      firstSeq={firstSeq}
    />
  )

  const isAtBeginning = rows.length > 0 && !rest && (pageOrder(params) === 'asc' ? prev : next) === null
  const dropped = isAtBeginning ? droppedWords(firstSeq) : undefined

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
        <LiveTable key={filterQuery} {...table} filterQuery={filterQuery} head={page.head} empty={empty} />
      ) : rows.length > 0 ? (
        <TrailTable {...table} />
      ) : (
        empty
      )}
      {rows.length > 0 && rest && <SearchRest rest={rest} />}
      {dropped && <p className="mt-2 text-quiet text-xs">{dropped}</p>}
      {(rows.length > 0 || next || prev) && <Pager size={page.size} prev={prev} next={next} />}
    </TrailBody>
  )
}
