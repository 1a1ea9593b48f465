import type { Metadata } from 'next'
import { cancelRunAction } from '@/app/(console)/[tenant]/collection/actions'
import { found, readFrom } from '@/app/(console)/[tenant]/collection/found'
import { requireMember } from '@/app/session'
import { Above } from '@/components/collection/above'
import { CountsSum } from '@/components/collection/counts-sum'
import { ListPager } from '@/components/collection/list-pager'
import { amount } from '@/components/collection/row-counts'
import { RunDetails } from '@/components/collection/runs/run-details'
import { RunProgress } from '@/components/collection/runs/run-progress'
import { isRunOpen } from '@/components/collection/runs/run-state-badge'
import { RejectTable } from '@/components/collection/silos/reject-table'
import { LinkButton } from '@/components/ui/link-button'
import { Notice } from '@/components/ui/notice'
import { PageHeader } from '@/components/ui/page-header'
import { Panel } from '@/components/ui/panel'
import { visibleText } from '@/components/ui/visible-text'
import { listRejects } from '@/lib/collection/rejects/list'
import { getRun } from '@/lib/collection/runs/get'

export const metadata: Metadata = { title: 'Run' }

const PAGE_SIZE = 50
/** Silos are no filter of the trail, so it shows beside each event where it came from. */
const TRAIL_COLUMNS = 'time,received,level,code,dataSource,origin'

type Props = {
  params: Promise<{ tenant: string; id: string }>
  searchParams: Promise<{ after?: string | string[] }>
}

export default async function RunPage({ params, searchParams }: Props) {
  const [{ tenant, id }, sent] = await Promise.all([params, searchParams])
  const section = `/${tenant}/collection`
  const path = `${section}/runs/${id}`
  const scope = await requireMember(tenant, path)
  const after = typeof sent.after === 'string' ? sent.after : undefined
  const run = await found(getRun(scope, { id }))
  const { rejects, next } = await readFrom(after, path, () =>
    listRejects(scope, { run: id, after, limit: PAGE_SIZE }),
  )
  const canWrite = scope.permissions.has('collection:write')
  return (
    <>
      <PageHeader
        above={<Above href={`${section}/silos/${run.silo}`}>{run.silo}</Above>}
        title={run.kind === 'rejects' ? 'Run over rejects' : 'Run'}
        actions={
          run.collected > 0 && (
            <LinkButton href={`/${tenant}/trail?columns=${TRAIL_COLUMNS}`}>See the trail</LinkButton>
          )
        }
      />
      {isRunOpen(run) && (
        <RunProgress run={run} cancel={canWrite ? cancelRunAction.bind(null, tenant) : undefined} />
      )}
      {run.error && (
        <Notice kind="error" title="It could not go on" className="mb-5">
          <p className="wrap-anywhere">{visibleText(run.error)}</p>
        </Notice>
      )}
      {run.failedFiles > 0 && (
        <Notice
          kind="warning"
          title={`${amount(run.failedFiles, 'file')} could not be read`}
          className="mb-5"
        >
          Each says why in the list of files of the silo, and is tried again by its next run.
        </Notice>
      )}
      <div className="flex flex-col gap-4">
        <Panel title="Rows">
          <CountsSum counts={run} />
        </Panel>
        <Panel title="Details">
          <RunDetails run={run} path={section} />
        </Panel>
      </div>
      {rejects.length > 0 && (
        <section className="mt-6">
          <h2 className="mb-2 font-semibold text-base">Rows that this run rejected</h2>
          <RejectTable rejects={rejects} path={section} />
          <ListPager
            beginning={after === undefined ? undefined : path}
            next={next && `${path}?${new URLSearchParams({ after: next })}`}
          />
        </section>
      )}
    </>
  )
}
