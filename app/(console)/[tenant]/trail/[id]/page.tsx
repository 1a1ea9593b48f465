import type { Metadata } from 'next'
import Link from 'next/link'
import { notFound } from 'next/navigation'
import { requireMember } from '@/app/session'
import { EventDetails } from '@/components/trail/event-details'
import { EventExtras, EventRecord } from '@/components/trail/event-record'
import { RelatedLinks } from '@/components/trail/related-links'
import { ValueChange } from '@/components/trail/value-change'
import { CodeBlock } from '@/components/ui/code-block'
import { LevelBadge } from '@/components/ui/level-badge'
import { PageHeader } from '@/components/ui/page-header'
import { Time } from '@/components/ui/time'
import type { TenantScope } from '@/lib/access/scope'
import { AppError } from '@/lib/errors/app-error'
import { sentence } from '@/lib/event/sentence'
import type { StoredEvent } from '@/lib/event/stored-event'
import { getEvent } from '@/lib/trail/get'

export const metadata: Metadata = { title: 'Event' }

type Props = { params: Promise<{ tenant: string; id: string }> }

export default async function EventPage({ params }: Props) {
  const { tenant, id } = await params
  const path = `/${tenant}/trail`
  const scope = await requireMember(tenant, `${path}/${id}`)
  const event = await findEvent(scope, id)

  return (
    <>
      <PageHeader
        above={
          <Link href={path} className="rounded-sm hover:text-ink hover:underline">
            Trail
          </Link>
        }
        title={sentence(event)}
        description={
          <span className="flex flex-wrap items-center gap-x-4 gap-y-1">
            <LevelBadge level={event.level} />
            <Time value={event.occurredAt} millis />
            <span className="numeric">seq {event.seq.toLocaleString('en')}</span>
          </span>
        }
        actions={<RelatedLinks event={event} path={path} />}
      />
      <div className="grid items-start gap-4 xl:grid-cols-2">
        <div className="grid gap-4">
          <EventDetails event={event} path={path} />
        </div>
        <div className="grid gap-4">
          <ValueChange oldValue={event.oldValue} newValue={event.newValue} />
          <EventExtras event={event} />
          <EventRecord event={event} />
          <CodeBlock label="The whole event as JSON" code={JSON.stringify(event, null, 2)} />
        </div>
      </div>
    </>
  )
}

async function findEvent(scope: TenantScope, id: string): Promise<StoredEvent> {
  try {
    return await getEvent(scope, id)
  } catch (error) {
    if (error instanceof AppError && error.code === 'not_found') notFound()
    throw error
  }
}
