import type { Metadata } from 'next'
import Link from 'next/link'
import { notFound } from 'next/navigation'
import { createAction, estimateAction, previewAction } from '@/app/(console)/[tenant]/forwarding/actions'
import { requireMember } from '@/app/session'
import { DestinationForm } from '@/components/forwarding/destination-form'
import { KindCards } from '@/components/forwarding/kind-cards'
import { PageHeader } from '@/components/ui/page-header'
import { describeKinds } from '@/lib/forwarding/describe-kinds'
import { listTypes } from '@/lib/trail/types'

export const metadata: Metadata = { title: 'Add a destination' }

type Props = {
  params: Promise<{ tenant: string }>
  searchParams: Promise<{ kind?: string | string[] }>
}

export default async function NewDestinationPage({ params, searchParams }: Props) {
  const [{ tenant }, { kind: wanted }] = await Promise.all([params, searchParams])
  const path = `/${tenant}/forwarding`
  const scope = await requireMember(
    tenant,
    typeof wanted === 'string' ? `${path}/new?kind=${encodeURIComponent(wanted)}` : `${path}/new`,
  )
  if (!scope.permissions.has('destinations:manage')) notFound()
  const kinds = describeKinds()
  const kind = kinds.find(({ name }) => name === wanted)
  if (!kind)
    return (
      <>
        <PageHeader
          above={<Above path={path} />}
          title="Add a forwarding destination"
          description="Where shall events go?"
        />
        <KindCards kinds={kinds} path={`${path}/new`} />
      </>
    )

  const types = await listTypes(scope)
  return (
    <>
      <PageHeader
        above={
          <>
            <Above path={path} /> ›{' '}
            <Link href={`${path}/new`} className="rounded-sm hover:text-ink hover:underline">
              Other kind
            </Link>
          </>
        }
        title={`New destination: ${kind.label}`}
        description={`${kind.summary} ${kind.promise}`}
      />
      <DestinationForm
        key={kind.name}
        kind={kind}
        knownTypes={types}
        actions={{
          save: createAction.bind(null, tenant),
          preview: previewAction.bind(null, tenant),
          estimate: estimateAction.bind(null, tenant),
        }}
        cancelHref={path}
        trailPath={`/${tenant}/trail`}
      />
    </>
  )
}

function Above({ path }: { path: string }) {
  return (
    <Link href={path} className="rounded-sm hover:text-ink hover:underline">
      Forwarding
    </Link>
  )
}
