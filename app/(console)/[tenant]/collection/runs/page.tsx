import type { Metadata } from 'next'
import { readFrom } from '@/app/(console)/[tenant]/collection/found'
import { requireMember } from '@/app/session'
import { CollectionTabs } from '@/components/collection/collection-tabs'
import { ListPager } from '@/components/collection/list-pager'
import { isRunOpen } from '@/components/collection/runs/run-state-badge'
import { RunTable } from '@/components/collection/runs/run-table'
import { AutoRefresh } from '@/components/ui/auto-refresh'
import { EmptyState } from '@/components/ui/empty-state'
import { PageHeader } from '@/components/ui/page-header'
import { listRuns } from '@/lib/collection/runs/list'

export const metadata: Metadata = { title: 'Runs' }

const PAGE_SIZE = 50
/** While one is on its way its figures move. */
const REFRESH_MS = 2000

type Props = {
  params: Promise<{ tenant: string }>
  searchParams: Promise<{ after?: string | string[] }>
}

export default async function RunsPage({ params, searchParams }: Props) {
  const [{ tenant }, sent] = await Promise.all([params, searchParams])
  const section = `/${tenant}/collection`
  const path = `${section}/runs`
  const scope = await requireMember(tenant, path)
  const after = typeof sent.after === 'string' ? sent.after : undefined
  const { runs, next } = await readFrom(after, path, () => listRuns(scope, { after, limit: PAGE_SIZE }))
  return (
    <>
      <PageHeader title="Collection" description="Each time that a silo was collected, latest first." />
      <CollectionTabs slug={tenant} here="runs" />
      {runs.some(isRunOpen) && <AutoRefresh everyMs={REFRESH_MS} />}
      {runs.length === 0 ? (
        <EmptyState title="Nothing was run yet">
          A run collects the files of a silo that wait: by its button, by a plan, or as soon as they arrive.
        </EmptyState>
      ) : (
        <RunTable path={section} runs={runs} />
      )}
      <ListPager
        beginning={after === undefined ? undefined : path}
        next={next && `${path}?${new URLSearchParams({ after: next })}`}
      />
    </>
  )
}
