import { Plus } from 'lucide-react'
import type { Metadata } from 'next'
import { requireMember } from '@/app/session'
import { toChannelSummary } from '@/components/channels/channel-summary'
import { ChannelTable } from '@/components/channels/channel-table'
import { PresetCards } from '@/components/channels/preset-cards'
import { RemovedTable } from '@/components/forwarding/removed-table'
import { SpoorTrack } from '@/components/layout/logo'
import { AutoRefresh } from '@/components/ui/auto-refresh'
import { EmptyState } from '@/components/ui/empty-state'
import { LinkButton } from '@/components/ui/link-button'
import { PageHeader } from '@/components/ui/page-header'
import { listChannels } from '@/lib/channels/list'
import { listRemovedChannels } from '@/lib/channels/list-removed'
import { CHANNEL_PRESETS } from '@/lib/channels/presets'
import { pauseAction, removeAction, restoreAction, resumeAction } from './actions'

export const metadata: Metadata = { title: 'Channels' }

/** The figures move while people are told; slower than that, and people reload by hand. */
const REFRESH_MS = 5000

type Props = { params: Promise<{ tenant: string }> }

export default async function ChannelsPage({ params }: Props) {
  const { tenant } = await params
  const path = `/${tenant}/channels`
  const scope = await requireMember(tenant, path)
  const [channels, removed] = await Promise.all([listChannels(scope), listRemovedChannels(scope)])

  const now = Date.now()
  const canManage = scope.permissions.has('destinations:manage')
  const add = canManage && (
    <LinkButton href={`${path}/new`} variant="primary">
      <Plus aria-hidden />
      Add
    </LinkButton>
  )
  return (
    <>
      <PageHeader
        title="Channels"
        description="Who is told what: e-mails, messages in a chat, and notifications on the desktop about events that you choose."
        actions={channels.length > 0 && add}
      />
      {channels.length === 0 ? (
        <>
          <EmptyState title="Nobody is told anything yet" mark={<SpoorTrack />} actions={add}>
            Have people told of events by e-mail, in a chat such as Slack, or on their desktop: each at once,
            some together every hour or week, or only from a number on.
          </EmptyState>
          {canManage && <PresetCards presets={CHANNEL_PRESETS} path={`${path}/new`} />}
        </>
      ) : (
        <>
          <AutoRefresh everyMs={REFRESH_MS} />
          <ChannelTable
            path={path}
            rows={channels.map((channel) => toChannelSummary(channel, now))}
            pause={pauseAction.bind(null, tenant)}
            resume={resumeAction.bind(null, tenant)}
            remove={removeAction.bind(null, tenant)}
            canManage={canManage}
          />
        </>
      )}
      {removed.length > 0 && (
        <section className="mt-6">
          <h2 className="mb-2 font-semibold text-base">Deleted</h2>
          <RemovedTable
            removed={removed}
            restore={canManage ? restoreAction.bind(null, tenant) : undefined}
            ofRole="channel"
          />
        </section>
      )}
    </>
  )
}
