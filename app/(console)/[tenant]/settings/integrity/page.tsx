import { ShieldCheck } from 'lucide-react'
import type { Metadata } from 'next'
import Link from 'next/link'
import { requireMember } from '@/app/session'
import { IntegritySettingsForm } from '@/components/integrity/integrity-settings-form'
import { OpenEpochButton } from '@/components/integrity/open-epoch-button'
import { RequestList } from '@/components/integrity/request-list'
import { RotateKeyButton } from '@/components/integrity/rotate-key-button'
import { AutoRefresh } from '@/components/ui/auto-refresh'
import { EmptyState } from '@/components/ui/empty-state'
import { PageHeader } from '@/components/ui/page-header'
import { Panel } from '@/components/ui/panel'
import { getAnchorSettings } from '@/lib/integrity/anchor/settings'
import { listRequests } from '@/lib/integrity/log/requests'
import { openEpochAction, rotateKeyAction, saveSettingsAction } from './actions'

export const metadata: Metadata = { title: 'Keys & witnesses' }

/** The sealer does what is asked of it within a second or two. */
const REFRESH_MS = 2000

export default async function IntegritySettingsPage({ params }: { params: Promise<{ tenant: string }> }) {
  const { tenant } = await params
  const scope = await requireMember(tenant, `/${tenant}/settings/integrity`)
  if (!scope.permissions.has('integrity:manage'))
    return (
      <>
        <PageHeader title="Keys & witnesses" />
        <EmptyState title="Owners and admins set this" mark={<ShieldCheck aria-hidden />}>
          Your role in {scope.tenantName} doesn&apos;t include it. What is proven, and how to check it, stands
          on the{' '}
          <Link href={`/${tenant}/integrity`} className="underline underline-offset-3">
            integrity page
          </Link>
          .
        </EmptyState>
      </>
    )
  const [settings, requests] = await Promise.all([getAnchorSettings(scope), listRequests(scope)])
  const peers = [settings.witness, settings.timestamp]
  const isWaiting =
    requests.some(({ doneAt }) => doneAt === null) ||
    // A new one is asked at once: whoever has just named it looks whether it answers.
    peers.some((peer) => peer !== null && peer.anchoredAt === null && peer.failures === 0)
  return (
    <>
      {isWaiting && <AutoRefresh everyMs={REFRESH_MS} />}
      <PageHeader
        title="Keys & witnesses"
        description="Who may read the checkpoint, who else remembers it, and with which key it is signed. Each change is an event of the trail."
      />
      <div className="flex max-w-3xl flex-col gap-4">
        <IntegritySettingsForm settings={settings} action={saveSettingsAction.bind(null, tenant)} />
        <Panel
          title="Signing key"
          description="Derived for this workspace alone. A new one signs beside the old one for 30 days, so that pinned keys go on working while people change them."
          actions={<RotateKeyButton rotate={rotateKeyAction.bind(null, tenant)} />}
        >
          <RequestList requests={requests} kind="rotate_key" empty="The key was never rotated." />
        </Panel>
        <Panel
          title="Epoch"
          description="A new name and key for the log, over the same events. It is needed after a restore that lost events, or when a key has leaked; everybody who checks has to pin the new one."
          actions={<OpenEpochButton slug={scope.tenantSlug} open={openEpochAction.bind(null, tenant)} />}
        >
          <RequestList requests={requests} kind="open_epoch" empty="This is the log’s first epoch." />
        </Panel>
      </div>
    </>
  )
}
