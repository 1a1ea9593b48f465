import type { Metadata } from 'next'
import Link from 'next/link'
import { notFound } from 'next/navigation'
import {
  estimateAction,
  estimateRuleAction,
  previewAction,
  updateAction,
} from '@/app/(console)/[tenant]/channels/actions'
import { workspaceClock } from '@/app/(console)/[tenant]/channels/workspace-clock'
import { findDestination } from '@/app/(console)/[tenant]/forwarding/find-destination'
import { requireMember } from '@/app/session'
import { ChannelForm } from '@/components/channels/channel-form'
import { PageHeader } from '@/components/ui/page-header'
import { CHANNEL_PRESETS } from '@/lib/channels/presets'
import { describeKinds } from '@/lib/forwarding/describe-kinds'
import { listTypes } from '@/lib/trail/types'

export const metadata: Metadata = { title: 'Edit channel' }

type Props = { params: Promise<{ tenant: string; id: string }> }

export default async function EditChannelPage({ params }: Props) {
  const { tenant, id } = await params
  const path = `/${tenant}/channels/${id}`
  const scope = await requireMember(tenant, `${path}/edit`)
  if (!scope.permissions.has('destinations:manage')) notFound()
  const [channel, knownTypes, clock] = await Promise.all([
    findDestination(scope, id, 'channel'),
    listTypes(scope),
    workspaceClock(scope),
  ])
  const { kind, fields, secretNames, types, levels, filter, masking, carriesMatches, note, state } = channel
  const updatedAt = channel.updatedAt.toISOString()
  const enabled = state === 'active'
  return (
    <>
      <PageHeader
        above={
          <Link href={path} className="rounded-sm hover:text-ink hover:underline">
            {channel.name}
          </Link>
        }
        title="Edit channel"
        description="A new filter judges events from now on; what came before is told as it was chosen then."
      />
      <ChannelForm
        kinds={describeKinds('channel')}
        presets={CHANNEL_PRESETS}
        channel={{
          ...{ id, updatedAt, kind, enabled, fields, secretNames },
          ...{ types, levels, filter, masking, carriesMatches, note },
        }}
        knownTypes={knownTypes}
        clock={clock}
        actions={{
          save: updateAction.bind(null, tenant),
          preview: previewAction.bind(null, tenant),
          estimate: estimateAction.bind(null, tenant),
          estimateRule: estimateRuleAction.bind(null, tenant),
        }}
        cancelHref={path}
        trailPath={`/${tenant}/trail`}
      />
    </>
  )
}
