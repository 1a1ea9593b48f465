import { Plus } from 'lucide-react'
import type { Metadata } from 'next'
import { requireMember } from '@/app/session'
import { toSummary } from '@/components/forwarding/destination-summary'
import { DestinationTable } from '@/components/forwarding/destination-table'
import { RemovedTable } from '@/components/forwarding/removed-table'
import { SpoorTrack } from '@/components/layout/logo'
import { AutoRefresh } from '@/components/ui/auto-refresh'
import { EmptyState } from '@/components/ui/empty-state'
import { LinkButton } from '@/components/ui/link-button'
import { PageHeader } from '@/components/ui/page-header'
import { listDestinations } from '@/lib/forwarding/list'
import { listRemovedDestinations } from '@/lib/forwarding/list-removed'
import { pauseAction, restoreAction, resumeAction } from './actions'

export const metadata: Metadata = { title: 'Forwarding' }

/** The figures move while events are sent; slower than that, and people reload by hand. */
const REFRESH_MS = 5000

type Props = { params: Promise<{ tenant: string }> }

export default async function ForwardingPage({ params }: Props) {
  const { tenant } = await params
  const path = `/${tenant}/forwarding`
  const scope = await requireMember(tenant, path)
  const [destinations, removed] = await Promise.all([listDestinations(scope), listRemovedDestinations(scope)])

  const now = Date.now()
  const canManage = scope.permissions.has('destinations:manage')
  const add = canManage && (
    <LinkButton href={`${path}/new`} variant="primary">
      <Plus aria-hidden />
      Add Forwarding Destination
    </LinkButton>
  )
  return (
    <>
      <PageHeader
        title="Forwarding"
        description="Receivers that get your events as they arrive, in order. What a receiver cannot take now waits, and nothing is lost."
        actions={destinations.length > 0 && add}
      />
      {destinations.length === 0 ? (
        <EmptyState title="Nothing is forwarded yet" mark={<SpoorTrack />} actions={add}>
          Send events on to Splunk, Datadog, an S3 bucket, a syslog server or any HTTP receiver: all of them,
          or only those that you choose.
        </EmptyState>
      ) : (
        <>
          <AutoRefresh everyMs={REFRESH_MS} />
          <DestinationTable
            path={path}
            rows={destinations.map((destination) => toSummary(destination, now))}
            pause={pauseAction.bind(null, tenant)}
            resume={resumeAction.bind(null, tenant)}
            canManage={canManage}
          />
        </>
      )}
      {removed.length > 0 && (
        <section className="mt-6">
          <h2 className="mb-2 font-semibold text-base">Removed</h2>
          <RemovedTable
            removed={removed}
            restore={canManage ? restoreAction.bind(null, tenant) : undefined}
          />
        </section>
      )}
    </>
  )
}
