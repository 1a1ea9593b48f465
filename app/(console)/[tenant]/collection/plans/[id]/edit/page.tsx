import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { updatePlanAction } from '@/app/(console)/[tenant]/collection/actions'
import { found } from '@/app/(console)/[tenant]/collection/found'
import { requireMember } from '@/app/session'
import { Above } from '@/components/collection/above'
import { PlanForm } from '@/components/collection/plans/plan-form'
import { PageHeader } from '@/components/ui/page-header'
import { getPlan } from '@/lib/collection/plans/get'
import { listSilos } from '@/lib/collection/silos/list'
import { readTimeZone } from '@/lib/workspaces/read-time-zone'

export const metadata: Metadata = { title: 'Edit plan' }

type Props = { params: Promise<{ tenant: string; id: string }> }

export default async function EditPlanPage({ params }: Props) {
  const { tenant, id } = await params
  const path = `/${tenant}/collection/plans/${id}`
  const scope = await requireMember(tenant, `${path}/edit`)
  if (!scope.permissions.has('collection:manage')) notFound()
  const [plan, silos, timeZone] = await Promise.all([
    found(getPlan(scope, { id })),
    listSilos(scope),
    readTimeZone(scope),
  ])
  return (
    <>
      <PageHeader above={<Above href={path}>{plan.name}</Above>} title="Edit plan" />
      <PlanForm
        plan={plan}
        silos={silos.map(({ name }) => name)}
        timeZone={timeZone}
        save={updatePlanAction.bind(null, tenant)}
        cancelHref={path}
      />
    </>
  )
}
