import type { ReactNode } from 'react'
import { Badge } from '@/components/ui/badge'
import { DetailsList } from '@/components/ui/details-list'
import { LevelBadge } from '@/components/ui/level-badge'
import { Panel } from '@/components/ui/panel'
import { StatusBadge } from '@/components/ui/status-badge'
import { Time } from '@/components/ui/time'
import { visibleText } from '@/components/ui/visible-text'
import type { StoredEvent } from '@/lib/event/stored-event'
import type { EventMatches } from './event-matches'
import { EventTargets } from './event-targets'
import { judgeTiming } from './event-timing'
import { FilterLink } from './filter-link'
import { LongText } from './long-text'
import { MatchedView, type Said } from './matched-view'

type Row = [name: string, value: ReactNode]
type LinkMaker = (name: string, value: string | undefined) => ReactNode
type Props = { event: StoredEvent; path: string; matches?: EventMatches }

/** All fields of an event that the model knows, by what they tell. */
export function EventDetails({ event, path, matches }: Props) {
  const link: LinkMaker = (name, value) => value && <FilterLink path={path} name={name} value={value} />
  return (
    <>
      <Panel title="What happened">
        <DetailsList
          rows={[
            ['Action', link('action', event.action)],
            ['Type', link('type', event.type)],
            ['Level', <LevelBadge key="level" level={event.level} />],
            ['Status', event.status && <StatusBadge status={event.status} />],
            ['Code', link('code', event.code)],
            ['Code label', event.codeLabel && <bdi>{visibleText(event.codeLabel)}</bdi>],
            ['Category', link('category', event.category)],
            ['Message', event.message && <LongText text={event.message} />],
            ['Count', event.count?.toLocaleString('en')],
            ['Payload', event.payload && <LongText text={event.payload} />],
          ]}
        />
      </Panel>
      <PartyPanel title="Who" party={event.actor} link={link}>
        {matches?.matched.actor && (
          <MatchedView
            matched={matches.matched.actor}
            from={matches.origins.actor}
            said={actorSaid(event)}
            slug={matches.slug}
            mayRead={matches.mayRead}
          />
        )}
      </PartyPanel>
      <PartyPanel title="On behalf of" party={event.onBehalfOf} />
      <EventTargets event={event} path={path} matches={matches} />
      <Origin event={event} link={link} />
      <When event={event} />
    </>
  )
}

/** Filters know who acted, and not for whom: without a maker of links the names are plain. */
function PartyPanel({
  title,
  party,
  link,
  children,
}: {
  title: string
  party: StoredEvent['actor']
  link?: LinkMaker
  /** Above what the event says of it. */
  children?: ReactNode
}) {
  if (!party) return null
  const plain = (value: string | undefined) =>
    value && <bdi className="wrap-anywhere">{visibleText(value)}</bdi>
  const show: LinkMaker = link ?? ((_, value) => plain(value))
  const rows: Row[] = [
    ['Login', show('actor', party.login)],
    ['Identity', show('actor', party.identity)],
    ['Id', show('actor', party.id)],
    ['Kind', plain(party.type)],
    ['Repository', plain(party.repository)],
    ['Session', show('session', party.sessionId)],
    ['IP address', show('ip', party.ip)],
    ['User agent', party.userAgent && <LongText text={party.userAgent} />],
  ]
  if (!rows.some(([, value]) => value)) return null
  return (
    <Panel title={title}>
      {children}
      <DetailsList rows={rows} />
    </Panel>
  )
}

function actorSaid({ actor, origin, occurredAt }: StoredEvent): Said {
  const { login, repository, identity, id } = actor ?? {}
  return { logEntity: 'actor', name: login, parent: repository, identity, id, origin, at: occurredAt }
}

function Origin({ event, link }: { event: StoredEvent; link: LinkMaker }) {
  const rows: Row[] = [
    ['From', link('source', event.source)],
    ['To', event.destination && <bdi className="wrap-anywhere">{visibleText(event.destination)}</bdi>],
    ['Data source', link('dataSource', event.dataSource)],
    [
      'External reference',
      event.externalRef && <bdi className="literal break-all">{visibleText(event.externalRef)}</bdi>,
    ],
  ]
  if (!rows.some(([, value]) => value)) return null
  return (
    <Panel title="Where it comes from">
      <DetailsList rows={rows} />
    </Panel>
  )
}

function When({ event: { occurredAt, receivedAt } }: { event: StoredEvent }) {
  const timing = judgeTiming(occurredAt, receivedAt)
  return (
    <Panel title="When">
      <DetailsList
        rows={[
          [
            'Occurred',
            <span key="occurred" className="flex flex-wrap items-center gap-2">
              <Time value={occurredAt} millis />
              {timing && <Badge tone="warning">{timing.words}</Badge>}
            </span>,
          ],
          ['Received', <Time key="received" value={receivedAt} millis />],
        ]}
      />
    </Panel>
  )
}
