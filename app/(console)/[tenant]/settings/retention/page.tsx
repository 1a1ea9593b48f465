import type { Metadata } from 'next'
import { requireMember } from '@/app/session'
import { ErasureTable } from '@/components/erasure/erasure-table'
import { HoldList } from '@/components/retention/hold-list'
import { PlaceHoldButton } from '@/components/retention/place-hold-button'
import { RetentionForm } from '@/components/retention/retention-form'
import { RetentionStatusList } from '@/components/retention/retention-status-list'
import { AutoRefresh } from '@/components/ui/auto-refresh'
import { LinkButton } from '@/components/ui/link-button'
import { PageHeader } from '@/components/ui/page-header'
import { Panel } from '@/components/ui/panel'
import { listErasures } from '@/lib/erasure/list'
import { listHolds } from '@/lib/holds/list'
import { getRetention } from '@/lib/retention/get'
import { retentionStatus } from '@/lib/retention/status'
import { listTypes } from '@/lib/trail/types'
import { placeHoldAction, releaseHoldAction, setRetentionAction } from './actions'

export const metadata: Metadata = { title: 'Retention' }

/** While something is being erased or dropped; the work goes on whether anybody looks or not. */
const REFRESH_MS = 3000

export default async function RetentionPage({ params }: { params: Promise<{ tenant: string }> }) {
  const { tenant } = await params
  const path = `/${tenant}/settings/retention`
  const scope = await requireMember(tenant, path)
  const [retention, status, holds, erasures, types] = await Promise.all([
    getRetention(scope),
    retentionStatus(scope),
    listHolds(scope),
    listErasures(scope),
    listTypes(scope),
  ])
  const mayErase = scope.permissions.has('events:erase')
  const isWorking = status.droppingTo !== null || erasures.some(({ state }) => state === 'running')
  return (
    <>
      {isWorking && <AutoRefresh everyMs={REFRESH_MS} />}
      <PageHeader
        title="Retention"
        description="How long events are kept, what holds them, and what was erased. Each choice is an event of the trail; the proofs of everything else stay valid."
      />
      <div className="grid grid-cols-[minmax(0,1fr)] items-start gap-4 xl:grid-cols-2">
        {mayErase && (
          <Panel title="Keep events">
            <RetentionForm
              key={retention.updatedAt?.getTime()}
              retention={retention}
              knownTypes={types}
              action={setRetentionAction.bind(null, tenant)}
            />
          </Panel>
        )}
        <div className="grid grid-cols-[minmax(0,1fr)] gap-4">
          <Panel title="Status">
            <RetentionStatusList retention={retention} status={status} />
          </Panel>
          <Panel
            title="Legal holds"
            description="While one is active nothing is dropped or erased."
            actions={mayErase && <PlaceHoldButton place={placeHoldAction.bind(null, tenant)} />}
          >
            <HoldList holds={holds} release={mayErase ? releaseHoldAction.bind(null, tenant) : undefined} />
          </Panel>
        </div>
      </div>
      <section id="erasures" className="mt-6 scroll-mt-4">
        <div className="mb-2 flex flex-wrap items-center justify-between gap-2">
          <h2 className="font-semibold text-base">Erasures</h2>
          {mayErase && (
            <LinkButton href={`${path}/erase-actor`} size="sm">
              Erase everything about an actor …
            </LinkButton>
          )}
        </div>
        {erasures.length > 0 ? (
          <ErasureTable erasures={erasures} />
        ) : (
          <p className="text-quiet text-sm">
            Nothing was erased. Single values of an event are erased on its own page.
          </p>
        )}
      </section>
    </>
  )
}
