import { Pencil } from 'lucide-react'
import type { Metadata } from 'next'
import Link from 'next/link'
import {
  pauseAction,
  removeAction,
  resumeAction,
  testAction,
} from '@/app/(console)/[tenant]/forwarding/actions'
import { findDestination } from '@/app/(console)/[tenant]/forwarding/find-destination'
import { requireMember } from '@/app/session'
import { AttemptsTable } from '@/components/forwarding/attempts-table'
import { DeadLettersTable } from '@/components/forwarding/dead-letters-table'
import { DestinationConfiguration } from '@/components/forwarding/destination-configuration'
import { DestinationStatistics } from '@/components/forwarding/destination-statistics'
import { DestinationSwitch } from '@/components/forwarding/destination-switch'
import { FailureNotice } from '@/components/forwarding/failure-notice'
import { RemoveButton } from '@/components/forwarding/remove-button'
import { StateBadge } from '@/components/forwarding/state-badge'
import { TestButton } from '@/components/forwarding/test-button'
import { AutoRefresh } from '@/components/ui/auto-refresh'
import { LinkButton } from '@/components/ui/link-button'
import { PageHeader } from '@/components/ui/page-header'

export const metadata: Metadata = { title: 'Destination' }

/** The figures move while events are sent; slower than that, and people reload by hand. */
const REFRESH_MS = 5000

type Props = { params: Promise<{ tenant: string; id: string }> }

export default async function DestinationPage({ params }: Props) {
  const { tenant, id } = await params
  const path = `/${tenant}/forwarding`
  const scope = await requireMember(tenant, `${path}/${id}`)
  const destination = await findDestination(scope, id)

  const { name, state, stats, attempts, deadLetters } = destination
  const canManage = scope.permissions.has('destinations:manage')
  return (
    <>
      <AutoRefresh everyMs={REFRESH_MS} />
      <PageHeader
        above={
          <Link href={path} className="rounded-sm hover:text-ink hover:underline">
            Forwarding
          </Link>
        }
        title={name}
        description={
          <span className="flex items-center gap-2.5">
            <DestinationSwitch
              id={id}
              name={name}
              state={state}
              pause={pauseAction.bind(null, tenant)}
              resume={resumeAction.bind(null, tenant)}
              canManage={canManage}
            />
            <StateBadge state={state} isFailing={stats.consecutiveFailures > 0} />
          </span>
        }
        actions={
          canManage && (
            <>
              <TestButton id={id} test={testAction.bind(null, tenant)} />
              <LinkButton href={`${path}/${id}/edit`}>
                <Pencil aria-hidden />
                Edit
              </LinkButton>
              <RemoveButton
                id={id}
                name={name}
                backlogEvents={stats.backlog.events}
                remove={removeAction.bind(null, tenant)}
              />
            </>
          )
        }
      />
      <FailureNotice destination={destination} />
      <div className="grid items-start gap-4 xl:grid-cols-2">
        <DestinationConfiguration destination={destination} />
        <DestinationStatistics stats={stats} now={Date.now()} />
      </div>
      <h2 className="mt-6 mb-2 font-semibold text-base">Latest attempts</h2>
      {attempts.length > 0 ? (
        <AttemptsTable attempts={attempts} />
      ) : (
        <p className="text-quiet text-sm">None yet. Events are sent as they arrive; Test sends one now.</p>
      )}
      {deadLetters.length > 0 && (
        <>
          <h2 className="mt-6 mb-2 font-semibold text-base">Events set aside</h2>
          <DeadLettersTable deadLetters={deadLetters} />
        </>
      )}
    </>
  )
}
