import type { Metadata } from 'next'
import Link from 'next/link'
import { notFound } from 'next/navigation'
import {
  createAction,
  estimateAction,
  estimateRuleAction,
  previewAction,
} from '@/app/(console)/[tenant]/channels/actions'
import { workspaceClock } from '@/app/(console)/[tenant]/channels/workspace-clock'
import { requireMember } from '@/app/session'
import { ChannelForm } from '@/components/channels/channel-form'
import { PageHeader } from '@/components/ui/page-header'
import { CHANNEL_PRESETS } from '@/lib/channels/presets'
import { describeKinds } from '@/lib/forwarding/describe-kinds'
import { listTypes } from '@/lib/trail/types'

export const metadata: Metadata = { title: 'Add a channel' }

type Props = {
  params: Promise<{ tenant: string }>
  searchParams: Promise<Record<string, string | string[] | undefined>>
}

export default async function NewChannelPage({ params, searchParams }: Props) {
  const [{ tenant }, { kind, preset }] = await Promise.all([params, searchParams])
  const path = `/${tenant}/channels`
  const scope = await requireMember(tenant, `${path}/new`)
  if (!scope.permissions.has('destinations:manage')) notFound()
  const kinds = describeKinds('channel')
  const [knownTypes, clock] = await Promise.all([listTypes(scope), workspaceClock(scope)])
  return (
    <>
      <PageHeader
        above={
          <Link href={path} className="rounded-sm hover:text-ink hover:underline">
            Channels
          </Link>
        }
        title="New channel"
        description="Whom to tell, of what, and how often."
      />
      <ChannelForm
        kinds={kinds}
        presets={CHANNEL_PRESETS}
        first={{
          kind: kinds.find(({ name }) => name === kind)?.name ?? kinds[0]?.name ?? '',
          preset: CHANNEL_PRESETS.find(({ name }) => name === preset),
        }}
        knownTypes={knownTypes}
        clock={clock}
        actions={{
          save: createAction.bind(null, tenant),
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
