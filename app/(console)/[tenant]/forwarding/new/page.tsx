import type { Metadata } from 'next'
import Link from 'next/link'
import { notFound } from 'next/navigation'
import { createAction } from '@/app/(console)/[tenant]/forwarding/actions'
import { requireMember } from '@/app/session'
import { DestinationForm } from '@/components/forwarding/destination-form'
import { PageHeader } from '@/components/ui/page-header'
import { listTypes } from '@/lib/trail/types'

export const metadata: Metadata = { title: 'Add a destination' }

type Props = { params: Promise<{ tenant: string }> }

export default async function NewDestinationPage({ params }: Props) {
  const { tenant } = await params
  const path = `/${tenant}/forwarding`
  const scope = await requireMember(tenant, `${path}/new`)
  if (!scope.permissions.has('destinations:manage')) notFound()
  const types = await listTypes(scope)

  return (
    <>
      <PageHeader
        above={
          <Link href={path} className="rounded-sm hover:text-ink hover:underline">
            Forwarding
          </Link>
        }
        title="Add a forwarding destination"
      />
      <DestinationForm action={createAction.bind(null, tenant)} knownTypes={types} cancelHref={path} />
    </>
  )
}
