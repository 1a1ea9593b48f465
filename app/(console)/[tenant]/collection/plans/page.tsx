import { Plus } from 'lucide-react'
import type { Metadata } from 'next'
import { requireMember } from '@/app/session'
import { CollectionTabs } from '@/components/collection/collection-tabs'
import { PlanTable } from '@/components/collection/plans/plan-table'
import { EmptyState } from '@/components/ui/empty-state'
import { LinkButton } from '@/components/ui/link-button'
import { PageHeader } from '@/components/ui/page-header'
import { listPlans } from '@/lib/collection/plans/list'

export const metadata: Metadata = { title: 'Plans' }

type Props = { params: Promise<{ tenant: string }> }

export default async function PlansPage({ params }: Props) {
  const { tenant } = await params
  const section = `/${tenant}/collection`
  const scope = await requireMember(tenant, `${section}/plans`)
  const plans = await listPlans(scope)
  const add = scope.permissions.has('collection:manage') && (
    <LinkButton href={`${section}/plans/new`} variant="primary">
      <Plus aria-hidden />
      New plan
    </LinkButton>
  )
  return (
    <>
      <PageHeader
        title="Collection"
        description="Execution plans: silos in an order, and when they are collected."
        actions={plans.length > 0 && add}
      />
      <CollectionTabs slug={tenant} here="plans" />
      {plans.length === 0 ? (
        <EmptyState title="No plan yet" actions={add}>
          A plan collects silos in an order, by the clock or when somebody says so. A silo that collects each
          file at once needs none.
        </EmptyState>
      ) : (
        <PlanTable path={section} plans={plans} />
      )}
    </>
  )
}
