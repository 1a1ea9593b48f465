import { Settings2, ShieldCheck } from 'lucide-react'
import type { Metadata } from 'next'
import { requireMember } from '@/app/session'
import { CheckYourself } from '@/components/integrity/check-yourself'
import { CheckpointPanel } from '@/components/integrity/checkpoint-panel'
import { EvidenceForm } from '@/components/integrity/evidence-form'
import { FileVerifier } from '@/components/integrity/file-verifier'
import { IntegrityAlarms } from '@/components/integrity/integrity-alarms'
import { KeysPanel } from '@/components/integrity/keys-panel'
import { LogPanel } from '@/components/integrity/log-panel'
import { ScrubPanel } from '@/components/integrity/scrub-panel'
import { AutoRefresh } from '@/components/ui/auto-refresh'
import { EmptyState } from '@/components/ui/empty-state'
import { LinkButton } from '@/components/ui/link-button'
import { PageHeader } from '@/components/ui/page-header'
import { Panel } from '@/components/ui/panel'
import { PartBoundary } from '@/components/ui/part-boundary'
import { env } from '@/env'
import { logUrl } from '@/lib/integrity/log/log-url'
import { policyText } from '@/lib/integrity/log/policy-text'
import { readKeys } from '@/lib/integrity/log/read-keys'
import { KeptCheckpoints } from './kept-checkpoints'
import { logOf, scrubStatusOf } from './log-of'
import { WantedEvent } from './wanted-event'

export const metadata: Metadata = { title: 'Integrity' }

/** The tree grows every second or so; slower than that, and people reload by hand. */
const REFRESH_MS = 5000

type Props = {
  params: Promise<{ tenant: string }>
  searchParams: Promise<{ event?: string | string[]; before?: string | string[] }>
}

const DESCRIPTION =
  'Each event is a leaf of a Merkle tree, and the tree is signed every second or so. Nobody can alter, drop, insert or back-date an event afterwards without that being found, by us or by you.'

export default async function IntegrityPage({ params, searchParams }: Props) {
  const { tenant } = await params
  const { event, before } = await searchParams
  const path = `/${tenant}/integrity`
  const scope = await requireMember(tenant, path)
  const log = await logOf(scope)
  if (!log)
    return (
      <>
        <AutoRefresh everyMs={1000} />
        <PageHeader title="Integrity" description={DESCRIPTION} />
        <EmptyState title="The log is being opened" mark={<ShieldCheck aria-hidden />}>
          The sealer opens it within seconds, and seals every event from the first one on. If this stays, the
          sealer is not running: whoever runs this server starts it with the server, or as a worker.
        </EmptyState>
      </>
    )
  const [keys, scrub] = await Promise.all([readKeys(scope), scrubStatusOf(scope)])
  const now = Date.now()
  return (
    <>
      <AutoRefresh everyMs={REFRESH_MS} />
      <PageHeader
        title="Integrity"
        description={DESCRIPTION}
        actions={
          scope.permissions.has('integrity:manage') && (
            <LinkButton href={`/${tenant}/settings/integrity`}>
              <Settings2 aria-hidden />
              Settings
            </LinkButton>
          )
        }
      />
      <IntegrityAlarms
        slug={tenant}
        refused={log.refused}
        failures={scrub.failures}
        failureCount={scrub.failureCount}
      />
      <div className="grid grid-cols-[minmax(0,1fr)] items-start gap-4 xl:grid-cols-2">
        <div className="grid grid-cols-[minmax(0,1fr)] gap-4">
          <LogPanel log={log} now={now} />
          <ScrubPanel status={scrub} />
          <CheckpointPanel log={log} />
        </div>
        <div className="grid grid-cols-[minmax(0,1fr)] gap-4">
          <Panel title="Verify this event" description="Checked here, in your browser, step by step.">
            <WantedEvent scope={scope} log={log} wanted={one(event)} />
          </Panel>
          <Panel title="Verify a file" description="An evidence bundle or a proof that you were given.">
            <FileVerifier policy={policyText(keys)} />
          </Panel>
          <Panel
            title="Download evidence"
            description="One file with the events of a range, provably all of them, for whoever doubts. Of chosen events: filter the trail, and export them as evidence there."
          >
            <EvidenceForm slug={tenant} firstSeq={log.firstSeq} size={log.size} />
          </Panel>
        </div>
      </div>
      <div className="mt-4 grid grid-cols-[minmax(0,1fr)] gap-4">
        <KeysPanel keys={keys} policyHref={`${path}/policy`} now={now} />
        <PartBoundary what="The kept checkpoints">
          <KeptCheckpoints scope={scope} path={path} before={one(before)} />
        </PartBoundary>
        <CheckYourself url={env.publicUrl()} logUrl={logUrl(log.origin)} />
      </div>
    </>
  )
}

const one = (value: string | string[] | undefined) => [value ?? ''].flat()[0] ?? ''
