import { SearchX } from 'lucide-react'
import { EmptyState } from '@/components/ui/empty-state'
import { LinkButton } from '@/components/ui/link-button'
import { Notice } from '@/components/ui/notice'
import { GettingStarted } from './getting-started'
import { Pager } from './pager'
import type { TrailRow } from './trail-row'
import { TrailTable } from './trail-table'

export type TrailResultData =
  | { ok: true; rows: TrailRow[]; size: number; newer: string | null; older: string | null; isNew: boolean }
  | { ok: false; complaints: string[] }

type Props = { path: string; query: string; slug: string; url: string; result: TrailResultData }

/** The events, or why there are none. */
export function TrailResult({ path, query, slug, url, result }: Props) {
  const clear = (
    <LinkButton href={path} prefetch={false}>
      Clear the filter
    </LinkButton>
  )
  if (!result.ok)
    return (
      <Notice kind="error" title="This address does not say which events to show" className="mt-4">
        <ul className="mt-0.5 mb-2 text-quiet">
          {result.complaints.map((complaint) => (
            <li key={complaint}>{complaint}</li>
          ))}
        </ul>
        {clear}
      </Notice>
    )
  if (result.rows.length === 0 && !result.isNew)
    return (
      <div className="mt-4">
        <EmptyState title="No event passes this filter" mark={<SearchX aria-hidden />} actions={clear}>
          Nothing is hidden besides it: the trail is complete. Take a filter off, or look at a longer time.
        </EmptyState>
      </div>
    )
  return (
    <div className="mt-4">
      {result.isNew && <GettingStarted slug={slug} url={url} />}
      {result.rows.length > 0 && <TrailTable path={path} query={query} rows={result.rows} />}
      {result.rows.length > 0 && <Pager path={path} query={query} {...result} />}
    </div>
  )
}
