import type { Metadata } from 'next'
import Link from 'next/link'
import { notFound } from 'next/navigation'
import { estimateAction, previewAction, updateAction } from '@/app/(console)/[tenant]/forwarding/actions'
import { findDestination } from '@/app/(console)/[tenant]/forwarding/find-destination'
import { requireMember } from '@/app/session'
import { DestinationForm } from '@/components/forwarding/destination-form'
import { PageHeader } from '@/components/ui/page-header'
import { describeKinds } from '@/lib/forwarding/describe-kinds'
import { listTypes } from '@/lib/trail/types'

export const metadata: Metadata = { title: 'Edit destination' }

type Props = { params: Promise<{ tenant: string; id: string }> }

export default async function EditDestinationPage({ params }: Props) {
  const { tenant, id } = await params
  const path = `/${tenant}/forwarding/${id}`
  const scope = await requireMember(tenant, `${path}/edit`)
  if (!scope.permissions.has('destinations:manage')) notFound()
  const [destination, knownTypes] = await Promise.all([
    findDestination(scope, id, 'forwarding'),
    listTypes(scope),
  ])
  const kind = describeKinds().find(({ name }) => name === destination.kind)
  if (!kind) notFound()

  const { fields, secretNames, types, levels, filter, masking, carriesMatches, note } = destination
  return (
    <>
      <PageHeader
        above={
          <Link href={path} className="rounded-sm hover:text-ink hover:underline">
            {destination.name}
          </Link>
        }
        title="Edit destination"
        description={`${kind.label}. A new filter judges events from now on; what came before is sent as it was chosen then.`}
      />
      <DestinationForm
        kind={kind}
        destination={{
          id,
          updatedAt: destination.updatedAt.toISOString(),
          fields,
          secretNames,
          types,
          levels,
          filter,
          masking,
          carriesMatches,
          note,
        }}
        knownTypes={knownTypes}
        actions={{
          save: updateAction.bind(null, tenant),
          preview: previewAction.bind(null, tenant),
          estimate: estimateAction.bind(null, tenant),
        }}
        cancelHref={path}
        trailPath={`/${tenant}/trail`}
      />
    </>
  )
}
