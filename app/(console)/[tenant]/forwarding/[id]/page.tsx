import { Pencil } from 'lucide-react'
import type { Metadata } from 'next'
import Link from 'next/link'
import {
  cancelReplayAction,
  pauseAction,
  previewSkipAction,
  removeAction,
  replayAction,
  resumeAction,
  retryAction,
  skipAction,
  testAction,
} from '@/app/(console)/[tenant]/forwarding/actions'
import { findDestination } from '@/app/(console)/[tenant]/forwarding/find-destination'
import { readFrom, readList } from '@/app/(console)/[tenant]/forwarding/read-list'
import { requireMember } from '@/app/session'
import { CompanionPanel } from '@/components/forwarding/companion-panel'
import { DeliveryPanel } from '@/components/forwarding/delivery-panel'
import { toDeliverySlots } from '@/components/forwarding/delivery-slots'
import { destinationHref, RANGES, readAddress, SECTIONS } from '@/components/forwarding/destination-address'
import { DestinationConfiguration } from '@/components/forwarding/destination-configuration'
import { DestinationStatistics } from '@/components/forwarding/destination-statistics'
import {
  conditionOf,
  fullName,
  summarizeBacklog,
  waitingWords,
} from '@/components/forwarding/destination-summary'
import { DestinationSwitch } from '@/components/forwarding/destination-switch'
import { FailureNotice } from '@/components/forwarding/failure-notice'
import { KeyPager } from '@/components/forwarding/key-pager'
import { RemoveButton } from '@/components/forwarding/remove-button'
import { ReplayButton } from '@/components/forwarding/replay-button'
import { ResumeButton } from '@/components/forwarding/resume-button'
import { RetryButton } from '@/components/forwarding/retry-button'
import { SectionTabs } from '@/components/forwarding/section-tabs'
import { SectionView } from '@/components/forwarding/section-view'
import { SkipButton } from '@/components/forwarding/skip-button'
import { SkipsTable } from '@/components/forwarding/skips-table'
import { StateBadge } from '@/components/forwarding/state-badge'
import { StoragePanel } from '@/components/forwarding/storage-panel'
import { TestButton } from '@/components/forwarding/test-button'
import { AutoRefresh } from '@/components/ui/auto-refresh'
import { LinkButton } from '@/components/ui/link-button'
import { PageHeader } from '@/components/ui/page-header'
import { describeKinds } from '@/lib/forwarding/describe-kinds'
import { readHours } from '@/lib/forwarding/read-hours'

export const metadata: Metadata = { title: 'Destination' }

/** The figures move while events are sent; slower than that, and people reload by hand. */
const REFRESH_MS = 5000

type Props = {
  params: Promise<{ tenant: string; id: string }>
  searchParams: Promise<Record<string, string | string[] | undefined>>
}

export default async function DestinationPage({ params, searchParams }: Props) {
  const { tenant, id } = await params
  const path = `/${tenant}/forwarding`
  const address = readAddress(`${path}/${id}`, await searchParams, SECTIONS)
  const scope = await requireMember(tenant, destinationHref(address))
  const destination = await findDestination(scope, id, 'forwarding')
  const [hours, data] = await Promise.all([
    readHours(scope, id, RANGES[address.range], 'forwarding'),
    readFrom(address, () => readList(scope, { id, role: 'forwarding' }, address.section, address.cursor)),
  ])

  const { name, note, kindLabel, fields, state, stats, deadLetters, objects, digest, companion } = destination
  const publicKey = typeof fields.digestPublicKey === 'string' ? fields.digestPublicKey : undefined
  const now = Date.now()
  const backlog = summarizeBacklog(stats.backlog, now)
  const canManage = scope.permissions.has('destinations:manage')
  const resume = resumeAction.bind(null, tenant)
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
              name={fullName(destination)}
              state={state}
              pause={pauseAction.bind(null, tenant)}
              resume={resume}
              canManage={canManage}
            />
            <StateBadge condition={conditionOf(destination)} />
            <span className="shrink-0">{kindLabel}</span>
            {note && <span className="line-clamp-1">{note}</span>}
          </span>
        }
        actions={
          canManage && (
            <>
              <TestButton id={id} test={testAction.bind(null, tenant)} />
              <ReplayButton
                id={id}
                hasDead={deadLetters.some(({ resolvedAt }) => resolvedAt === null)}
                replay={replayAction.bind(null, tenant)}
              />
              <LinkButton href={`${path}/${id}/edit`}>
                <Pencil aria-hidden />
                Edit
              </LinkButton>
              <RemoveButton
                id={id}
                name={fullName(destination)}
                waiting={backlog.events > 0 ? `${waitingWords(backlog)} and` : null}
                remove={removeAction.bind(null, tenant)}
              />
            </>
          )
        }
      />
      <FailureNotice
        destination={destination}
        retry={canManage && <RetryButton id={id} retry={retryAction.bind(null, tenant)} />}
        resume={canManage && <ResumeButton id={id} waiting={waitingWords(backlog)} resume={resume} />}
      />
      <div className="grid grid-cols-[minmax(0,1fr)] items-start gap-4 xl:grid-cols-2">
        <div className="grid grid-cols-[minmax(0,1fr)] gap-4">
          <DeliveryPanel slots={toDeliverySlots(hours)} address={address} />
          <DestinationStatistics destination={destination} now={now} />
          {(objects.length > 0 || publicKey) && (
            <StoragePanel objects={objects} digest={digest} publicKey={publicKey} />
          )}
        </div>
        <div className="grid grid-cols-[minmax(0,1fr)] gap-4">
          <DestinationConfiguration
            destination={destination}
            kind={describeKinds().find((kind) => kind.name === destination.kind)}
          />
          {companion && <CompanionPanel companion={companion} now={now} />}
        </div>
      </div>
      <SectionTabs
        address={address}
        counts={{
          unsent:
            backlog.events > 0
              ? `${backlog.events.toLocaleString('en')}${backlog.isCapped ? '+' : ''}`
              : undefined,
          dead: stats.deadEvents > 0 ? stats.deadEvents.toLocaleString('en') : undefined,
        }}
      />
      {canManage && address.section === 'unsent' && (
        <div className="mb-3 flex flex-wrap gap-2">
          <SkipButton
            id={id}
            backlog={backlog}
            skip={skipAction.bind(null, tenant)}
            preview={previewSkipAction.bind(null, tenant)}
          />
        </div>
      )}
      <SectionView
        id={id}
        data={data}
        now={now}
        trailPath={`/${tenant}/trail`}
        cancelReplay={canManage ? cancelReplayAction.bind(null, tenant) : undefined}
      />
      <KeyPager address={address} next={data.next} />
      {address.section === 'unsent' && destination.skips.length > 0 && (
        <>
          <h2 className="mt-6 mb-2 font-semibold text-base">Skipped</h2>
          <SkipsTable skips={destination.skips} />
        </>
      )}
    </>
  )
}
