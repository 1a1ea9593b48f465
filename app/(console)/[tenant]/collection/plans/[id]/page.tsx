import { Pencil, Play } from 'lucide-react'
import type { Metadata } from 'next'
import { removePlanAction, runPlanAction } from '@/app/(console)/[tenant]/collection/actions'
import { found, readFrom } from '@/app/(console)/[tenant]/collection/found'
import { requireMember } from '@/app/session'
import { Above } from '@/components/collection/above'
import { ActButton } from '@/components/collection/act-button'
import { ListPager } from '@/components/collection/list-pager'
import { ExecutionList } from '@/components/collection/plans/execution-list'
import { PlanDetails } from '@/components/collection/plans/plan-details'
import { RemovePlanButton } from '@/components/collection/plans/remove-plan-button'
import { AutoRefresh } from '@/components/ui/auto-refresh'
import { LinkButton } from '@/components/ui/link-button'
import { PageHeader } from '@/components/ui/page-header'
import { Panel } from '@/components/ui/panel'
import { getPlan } from '@/lib/collection/plans/get'
import { listExecutions } from '@/lib/collection/plans/list-executions'
import { readTimeZone } from '@/lib/workspaces/read-time-zone'

export const metadata: Metadata = { title: 'Plan' }

const PAGE_SIZE = 10
/** While it runs its figures move. */
const REFRESH_MS = 2000

type Props = {
  params: Promise<{ tenant: string; id: string }>
  searchParams: Promise<{ after?: string | string[] }>
}

export default async function PlanPage({ params, searchParams }: Props) {
  const [{ tenant, id }, sent] = await Promise.all([params, searchParams])
  const section = `/${tenant}/collection`
  const path = `${section}/plans/${id}`
  const scope = await requireMember(tenant, path)
  const after = typeof sent.after === 'string' ? sent.after : undefined
  const [plan, timeZone, { executions, next }] = await Promise.all([
    found(getPlan(scope, { id })),
    readTimeZone(scope),
    readFrom(after, path, () => listExecutions(scope, { id, after, limit: PAGE_SIZE })),
  ])
  const canManage = scope.permissions.has('collection:manage')
  return (
    <>
      <PageHeader
        above={<Above href={`${section}/plans`}>Plans</Above>}
        title={plan.name}
        description={plan.note}
        actions={
          <>
            {scope.permissions.has('collection:write') && (
              <ActButton
                action={runPlanAction.bind(null, tenant)}
                fields={{ id }}
                variant="primary"
                pendingLabel="Asking …"
                done="The plan begins"
              >
                <Play aria-hidden />
                Run now
              </ActButton>
            )}
            {canManage && (
              <>
                <LinkButton href={`${path}/edit`}>
                  <Pencil aria-hidden />
                  Edit
                </LinkButton>
                <RemovePlanButton id={id} name={plan.name} remove={removePlanAction.bind(null, tenant)} />
              </>
            )}
          </>
        }
      />
      {plan.lastExecution?.state === 'running' && <AutoRefresh everyMs={REFRESH_MS} />}
      <Panel title="Plan">
        <PlanDetails plan={plan} timeZone={timeZone} path={section} />
      </Panel>
      <section className="mt-6">
        <h2 className="mb-3 font-semibold text-base">Executions</h2>
        {executions.length === 0 ? (
          <p className="text-quiet text-sm">It has not been run yet.</p>
        ) : (
          <ExecutionList path={section} executions={executions} />
        )}
        <ListPager
          beginning={after === undefined ? undefined : path}
          next={next && `${path}?${new URLSearchParams({ after: next })}`}
        />
      </section>
    </>
  )
}
