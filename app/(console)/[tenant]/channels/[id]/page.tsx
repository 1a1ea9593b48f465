import type { Metadata } from 'next'
import Link from 'next/link'
import {
  cancelReplayAction,
  pauseAction,
  previewSkipAction,
  resumeAction,
  retryAction,
  skipAction,
} from '@/app/(console)/[tenant]/channels/actions'
import { workspaceClock } from '@/app/(console)/[tenant]/channels/workspace-clock'
import { findDestination } from '@/app/(console)/[tenant]/forwarding/find-destination'
import { requireMember } from '@/app/session'
import { ChannelSection } from '@/components/channels/channel-section'
import { toDeliverySlots } from '@/components/forwarding/delivery-slots'
import {
  CHANNEL_SECTIONS,
  destinationHref,
  RANGES,
  readAddress,
} from '@/components/forwarding/destination-address'
import {
  conditionOf,
  fullName,
  summarizeBacklog,
  waitingWords,
} from '@/components/forwarding/destination-summary'
import { DestinationSwitch } from '@/components/forwarding/destination-switch'
import { FailureNotice } from '@/components/forwarding/failure-notice'
import { KeyPager } from '@/components/forwarding/key-pager'
import { ResumeButton } from '@/components/forwarding/resume-button'
import { RetryButton } from '@/components/forwarding/retry-button'
import { SectionTabs } from '@/components/forwarding/section-tabs'
import { SkipButton } from '@/components/forwarding/skip-button'
import { SkipsTable } from '@/components/forwarding/skips-table'
import { StateBadge } from '@/components/forwarding/state-badge'
import { AutoRefresh } from '@/components/ui/auto-refresh'
import { PageHeader } from '@/components/ui/page-header'
import { destinationKind } from '@/lib/delivery/destinations/registry'
import { readHours } from '@/lib/forwarding/read-hours'
import { ChannelActs } from './channel-acts'
import { ChannelOverview } from './channel-overview'
import { readChannelSection } from './read-channel-section'

export const metadata: Metadata = { title: 'Channel' }

/** The figures move while people are told; slower than that, and people reload by hand. */
const REFRESH_MS = 5000

type Props = {
  params: Promise<{ tenant: string; id: string }>
  searchParams: Promise<Record<string, string | string[] | undefined>>
}

export default async function ChannelPage({ params, searchParams }: Props) {
  const { tenant, id } = await params
  const path = `/${tenant}/channels`
  const asked = readAddress(`${path}/${id}`, await searchParams, CHANNEL_SECTIONS)
  const scope = await requireMember(tenant, destinationHref(asked))
  const channel = await findDestination(scope, id, 'channel')
  const { name, note, kind, kindLabel, fields, state, stats, skips } = channel
  const has = {
    alarms: fields.threshold === true,
    shown: destinationKind(kind).hasReceipts === true,
    // A threshold counts what comes; what came is counted already.
    replays: fields.threshold !== true,
  }
  const sections = CHANNEL_SECTIONS.filter((section) => !(section in has) || has[section as keyof typeof has])
  const address = { ...asked, sections, section: sections.find((one) => one === asked.section) ?? 'channel' }
  const [hours, data, clock] = await Promise.all([
    readHours(scope, id, RANGES[address.range], 'channel'),
    readChannelSection(scope, id, address),
    workspaceClock(scope),
  ])

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
            Channels
          </Link>
        }
        title={name}
        description={
          <span className="flex items-center gap-2.5">
            <DestinationSwitch
              id={id}
              name={fullName(channel)}
              state={state}
              pause={pauseAction.bind(null, tenant)}
              resume={resume}
              canManage={canManage}
              ofRole="channel"
            />
            <StateBadge condition={conditionOf(channel)} />
            <span className="shrink-0">{kindLabel}</span>
            {note && <span className="line-clamp-1">{note}</span>}
          </span>
        }
        actions={canManage && <ChannelActs channel={channel} tenant={tenant} canReplay={has.replays} />}
      />
      <FailureNotice
        destination={channel}
        retry={canManage && <RetryButton id={id} retry={retryAction.bind(null, tenant)} />}
        resume={
          canManage && (
            <ResumeButton id={id} waiting={waitingWords(backlog)} resume={resume} ofRole="channel" />
          )
        }
        ofRole="channel"
      />
      <SectionTabs
        address={address}
        counts={{
          unsent:
            backlog.events > 0
              ? `${backlog.events.toLocaleString('en')}${backlog.isCapped ? '+' : ''}`
              : undefined,
          dead: stats.deadEvents > 0 ? stats.deadEvents.toLocaleString('en') : undefined,
        }}
        ofRole="channel"
      />
      {address.section === 'channel' && (
        <ChannelOverview
          channel={channel}
          slots={toDeliverySlots(hours)}
          address={address}
          clock={clock}
          now={now}
          canManage={canManage}
          tenant={tenant}
        />
      )}
      {canManage && address.section === 'unsent' && (
        <div className="mb-3 flex flex-wrap gap-2">
          {stats.consecutiveFailures === 0 && state === 'active' && backlog.events > 0 && (
            <RetryButton id={id} retry={retryAction.bind(null, tenant)} isEarly />
          )}
          <SkipButton
            id={id}
            backlog={backlog}
            skip={skipAction.bind(null, tenant)}
            preview={previewSkipAction.bind(null, tenant)}
          />
        </div>
      )}
      <ChannelSection
        id={id}
        data={data}
        now={now}
        path={`/${tenant}`}
        cancelReplay={canManage ? cancelReplayAction.bind(null, tenant) : undefined}
      />
      <KeyPager address={address} next={data.next} />
      {address.section === 'unsent' && skips.length > 0 && (
        <>
          <h2 className="mt-6 mb-2 font-semibold text-base">Skipped</h2>
          <SkipsTable skips={skips} />
        </>
      )}
    </>
  )
}
