import type { Metadata } from 'next'
import Link from 'next/link'
import { notFound } from 'next/navigation'
import { updateAction } from '@/app/(console)/[tenant]/forwarding/actions'
import { findDestination } from '@/app/(console)/[tenant]/forwarding/find-destination'
import { requireMember } from '@/app/session'
import { DestinationForm } from '@/components/forwarding/destination-form'
import { PageHeader } from '@/components/ui/page-header'
import { listTypes } from '@/lib/trail/types'

export const metadata: Metadata = { title: 'Edit destination' }

type Props = { params: Promise<{ tenant: string; id: string }> }

export default async function EditDestinationPage({ params }: Props) {
  const { tenant, id } = await params
  const path = `/${tenant}/forwarding/${id}`
  const scope = await requireMember(tenant, `${path}/edit`)
  if (!scope.permissions.has('destinations:manage')) notFound()
  const [destination, types] = await Promise.all([findDestination(scope, id), listTypes(scope)])

  const { url, apiHeaderName, hasApiKey, levels, body, note } = destination
  return (
    <>
      <PageHeader
        above={
          <Link href={path} className="rounded-sm hover:text-ink hover:underline">
            {destination.name}
          </Link>
        }
        title="Edit destination"
      />
      <DestinationForm
        action={updateAction.bind(null, tenant)}
        destination={{
          id,
          url,
          apiHeaderName: apiHeaderName ?? '',
          hasApiKey,
          types: destination.types,
          levels,
          body,
          note,
        }}
        knownTypes={types}
        cancelHref={path}
      />
    </>
  )
}
