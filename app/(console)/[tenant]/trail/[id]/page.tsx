import { ChevronLeft } from 'lucide-react'
import type { Metadata } from 'next'
import Link from 'next/link'
import { Suspense } from 'react'
import { logOf } from '@/app/(console)/[tenant]/integrity/log-of'
import { requireMember } from '@/app/session'
import { EraseMenu } from '@/components/erasure/erase-menu'
import { EventProofPanel } from '@/components/integrity/event-proof-panel'
import { SealBadge } from '@/components/integrity/seal-mark'
import { SealedSizeProvider } from '@/components/integrity/sealed-size'
import { EventDeliveries } from '@/components/trail/event-deliveries'
import { EventDetails } from '@/components/trail/event-details'
import { eventHref } from '@/components/trail/event-href'
import { EventJson } from '@/components/trail/event-json'
import { EventPager } from '@/components/trail/event-pager'
import { EventExtras, EventRecord } from '@/components/trail/event-record'
import { EventTargetNames } from '@/components/trail/event-target-names'
import { EventViews, readEventView, VIEW_PARAM } from '@/components/trail/event-views'
import { ShownEventProvider } from '@/components/trail/shown-event'
import { Surroundings } from '@/components/trail/surroundings'
import { trailHref } from '@/components/trail/trail-url'
import { type PageParams, toSearchParams } from '@/components/trail/trail-view'
import { ValueChange } from '@/components/trail/value-change'
import { CopyButton } from '@/components/ui/copy-button'
import { LevelBadge } from '@/components/ui/level-badge'
import { PageHeader } from '@/components/ui/page-header'
import { PartBoundary } from '@/components/ui/part-boundary'
import { StatusBadge } from '@/components/ui/status-badge'
import { Time } from '@/components/ui/time'
import { visibleText } from '@/components/ui/visible-text'
import { env } from '@/env'
import { titleOf } from '@/lib/event/sentence'
import { listEventDeliveries } from '@/lib/forwarding/event-deliveries'
import { readSurroundings } from '@/lib/trail/surroundings'
import { actorToErase } from './actor-to-erase'
import { BesideEvent } from './beside-event'
import { findEvent } from './find-event'
import { readMatches } from './read-matches'

export const metadata: Metadata = { title: 'Event' }

type Props = { params: Promise<{ tenant: string; id: string }>; searchParams: Promise<PageParams> }

/** The query is that of the trail the reader came from, and `fields=target` as in the API. */
export default async function EventPage({ params, searchParams }: Props) {
  const { tenant, id } = await params
  const path = `/${tenant}/trail`
  const trail = toSearchParams(await searchParams)
  const view = readEventView(trail)
  trail.delete(VIEW_PARAM)
  const query = trail.toString()
  const back = trailHref(path, trail)
  const scope = await requireMember(tenant, eventHref(path, id, query))
  const [event, log] = await Promise.all([findEvent(scope, id), logOf(scope)])
  const matches = await readMatches(scope, event)

  const beside = <EventPager back={back} isFiltered={false} />
  return (
    <ShownEventProvider json={JSON.stringify(event)}>
      <SealedSizeProvider size={log?.size ?? 0} href={`/${tenant}/integrity/head`}>
        <PageHeader
          above={
            <Link
              href={back}
              prefetch={false}
              className="inline-flex items-center gap-0.5 rounded-sm hover:text-ink hover:underline"
            >
              <ChevronLeft aria-hidden className="-ml-1 size-4" />
              Back to the trail
            </Link>
          }
          title={visibleText(titleOf(event))}
          description={
            <span className="flex flex-wrap items-center gap-x-4 gap-y-1">
              <LevelBadge level={event.level} />
              <StatusBadge status={event.status} />
              <Time value={event.occurredAt} millis />
              <span className="numeric">seq {event.seq.toLocaleString('en')}</span>
              <a
                href="#proof"
                className="inline-flex items-baseline gap-1 rounded-sm text-xs hover:underline"
              >
                <SealBadge seq={event.seq} isErased={event.erased ?? false} />
              </a>
            </span>
          }
          actions={
            <>
              <CopyButton text={`${env.publicUrl()}${path}/${event.id}`} label="Copy link" />
              {scope.permissions.has('events:erase') && (
                <EraseMenu
                  valuesHref={`${path}/${event.id}/erase`}
                  {...actorToErase(event, `/${tenant}/settings/retention/erase-actor`)}
                />
              )}
              <PartBoundary what="The way to the next event">
                <Suspense fallback={beside}>
                  <BesideEvent scope={scope} seq={event.seq} path={path} params={trail} />
                </Suspense>
              </PartBoundary>
            </>
          }
        />
        <div className="grid grid-cols-[minmax(0,1fr)] items-start gap-4 xl:grid-cols-2">
          <div className="grid grid-cols-[minmax(0,1fr)] gap-4">
            <EventViews href={eventHref(path, id, query)} view={view} />
            {view === 'target' ? (
              <EventTargetNames event={event} mandant={tenant} />
            ) : (
              <EventDetails event={event} path={path} matches={matches} />
            )}
          </div>
          <div className="grid grid-cols-[minmax(0,1fr)] gap-4">
            <ValueChange oldValue={event.oldValue} newValue={event.newValue} />
            <EventExtras event={event} path={path} />
            {scope.permissions.has('destinations:read') && (
              <PartBoundary what="Where it was delivered">
                <Suspense>
                  <EventDeliveries deliveries={listEventDeliveries(scope, event.seq)} slug={tenant} />
                </Suspense>
              </PartBoundary>
            )}
            <div id="proof" className="scroll-mt-4">
              <EventProofPanel log={log} event={event} slug={tenant} />
            </div>
            <EventRecord event={event} />
          </div>
        </div>
        <div className="mt-4 grid grid-cols-[minmax(0,1fr)] gap-4">
          <Surroundings
            event={event}
            surroundings={readSurroundings(scope, event)}
            path={path}
            query={query}
          />
          <EventJson />
        </div>
      </SealedSizeProvider>
    </ShownEventProvider>
  )
}
