import { displayParams, type TrailDisplay } from '@/components/trail/trail-display'
import { NO_VIEW, trailHref } from '@/components/trail/trail-url'
import type { SavedView } from '@/lib/views/read-views'

/** Where the reader stands, which no view keeps. */
const PASSING_PARAMS = ['cursor', 'live', 'view']
const DISPLAY_PARAMS = ['columns', 'density']

export type Viewed = Pick<SavedView, 'id' | 'query'>

export function viewParams({ id, query }: Viewed): URLSearchParams {
  return new URLSearchParams([['view', id], ...new URLSearchParams(query)])
}

export function viewHref(path: string, view: Viewed): string {
  return trailHref(path, viewParams(view))
}

/** The whole trail; as it says so, it goes before a default view. */
export function wholeTrailParams(): URLSearchParams {
  return new URLSearchParams({ view: NO_VIEW })
}

/** The view that the trail opens with: the person's own choice, else the workspace's. */
export function openingView<View extends Pick<SavedView, 'isDefault' | 'isWorkspaceDefault'>>(
  views: readonly View[],
): View | undefined {
  return views.find((view) => view.isDefault) ?? views.find((view) => view.isWorkspaceDefault)
}

/** What a view of the page as it stands would keep: also the columns that only the reader's cookie knows. */
export function queryToKeep(params: URLSearchParams, display: TrailDisplay): string {
  const kept = new URLSearchParams(params)
  for (const name of PASSING_PARAMS) kept.delete(name)
  if (!DISPLAY_PARAMS.some((name) => kept.has(name)))
    for (const [name, value] of displayParams(display)) kept.append(name, value)
  return kept.toString()
}

/** Whether the page shows something else than the view that was opened. Columns count if the view keeps some. */
export function isModified({ query }: Viewed, params: URLSearchParams, display: TrailDisplay): boolean {
  const kept = new URLSearchParams(query)
  const now = new URLSearchParams(queryToKeep(params, display))
  for (const name of DISPLAY_PARAMS) if (!kept.has(name)) now.delete(name)
  const sorted = (one: URLSearchParams) =>
    JSON.stringify([...one].sort(([a, x], [b, y]) => compare(a, b) || compare(x, y)))
  return sorted(kept) !== sorted(now)
}

const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0)
