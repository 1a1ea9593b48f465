import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { createPlanAction } from '@/app/(console)/[tenant]/collection/actions'
import { requireMember } from '@/app/session'
import { Above } from '@/components/collection/above'
import { PlanForm } from '@/components/collection/plans/plan-form'
import { PageHeader } from '@/components/ui/page-header'
import { listSilos } from '@/lib/collection/silos/list'
import { readTimeZone } from '@/lib/workspaces/read-time-zone'

export const metadata: Metadata = { title: 'New plan' }

type Props = { params: Promise<{ tenant: string }> }

export default async function NewPlanPage({ params }: Props) {
  const { tenant } = await params
  const path = `/${tenant}/collection/plans`
  const scope = await requireMember(tenant, `${path}/new`)
  if (!scope.permissions.has('collection:manage')) notFound()
  const [silos, timeZone] = await Promise.all([listSilos(scope), readTimeZone(scope)])
  return (
    <>
      <PageHeader above={<Above href={path}>Plans</Above>} title="New plan" />
      <PlanForm
        silos={silos.map(({ name }) => name)}
        timeZone={timeZone}
        save={createPlanAction.bind(null, tenant)}
        cancelHref={path}
      />
    </>
  )
}
