import { Eraser } from 'lucide-react'
import type { Metadata } from 'next'
import Link from 'next/link'
import { eraseValuesAction } from '@/app/(console)/[tenant]/settings/retention/actions'
import { findEvent } from '@/app/(console)/[tenant]/trail/[id]/find-event'
import { requireMember } from '@/app/session'
import { EraseValuesForm } from '@/components/erasure/erase-values-form'
import { HoldNotice } from '@/components/retention/hold-notice'
import { EmptyState } from '@/components/ui/empty-state'
import { PageHeader } from '@/components/ui/page-header'
import { visibleText } from '@/components/ui/visible-text'
import { listSlots } from '@/lib/erasure/list-slots'
import { titleOf } from '@/lib/event/sentence'
import { listHolds } from '@/lib/holds/list'

export const metadata: Metadata = { title: 'Erase values' }

export default async function EraseValuesPage({
  params,
}: {
  params: Promise<{ tenant: string; id: string }>
}) {
  const { tenant, id } = await params
  const scope = await requireMember(tenant, `/${tenant}/trail/${id}/erase`)
  const event = await findEvent(scope, id)
  const eventHref = `/${tenant}/trail/${event.id}`
  const header = (
    <PageHeader
      above={
        <Link href={eventHref} className="wrap-anywhere rounded-sm hover:text-ink hover:underline">
          {visibleText(titleOf(event))}
        </Link>
      }
      title="Erase values"
      description="Of this event alone. What you don’t choose stays, and stays provable."
    />
  )
  if (!scope.permissions.has('events:erase'))
    return (
      <>
        {header}
        <EmptyState title="Owners and admins erase" mark={<Eraser aria-hidden />}>
          Your role in {scope.tenantName} doesn&apos;t include it.
        </EmptyState>
      </>
    )
  const [values, holds] = await Promise.all([listSlots(scope, event.id), listHolds(scope)])
  const hold = holds.find(({ isActive }) => isActive)
  return (
    <>
      {header}
      {hold ? (
        <HoldNotice hold={hold} slug={tenant} />
      ) : values.length === 0 ? (
        <EmptyState title="Nothing is left to erase" mark={<Eraser aria-hidden />}>
          The values of this event are gone already.
        </EmptyState>
      ) : (
        <EraseValuesForm
          eventId={event.id}
          seq={event.seq}
          values={values}
          eventHref={eventHref}
          action={eraseValuesAction.bind(null, tenant)}
        />
      )}
    </>
  )
}
