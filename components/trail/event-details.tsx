import type { ReactNode } from 'react'
import { Badge } from '@/components/ui/badge'
import { CodeBlock } from '@/components/ui/code-block'
import { DetailsList } from '@/components/ui/details-list'
import { LevelBadge } from '@/components/ui/level-badge'
import { Panel } from '@/components/ui/panel'
import { StatusBadge } from '@/components/ui/status-badge'
import { Time } from '@/components/ui/time'
import type { StoredEvent } from '@/lib/event/stored-event'
import { judgeTiming } from './event-timing'
import { FilterLink } from './filter-link'

/** Longer, or of several lines, it gets a frame that scrolls. */
const MAX_INLINE = 120

type Row = [name: string, value: ReactNode]

/** All fields of an event, by what they tell. */
export function EventDetails({ event, path }: { event: StoredEvent; path: string }) {
  const link = (name: string, value: string | undefined) =>
    value && <FilterLink path={path} name={name} value={value} />
  const timing = judgeTiming(event.occurredAt, event.receivedAt)
  return (
    <>
      <Panel title="What happened">
        <DetailsList
          rows={[
            ['Level', <LevelBadge key="level" level={event.level} />],
            ['Type', link('type', event.type)],
            ['Action', link('action', event.action)],
            ['Status', event.status && <StatusBadge status={event.status} />],
            ['Code', link('code', event.code)],
            ['Code label', event.codeLabel],
            ['Category', link('category', event.category)],
            ['Message', event.message],
            ['Count', event.count],
            ['Payload', event.payload && <LongText text={event.payload} />],
          ]}
        />
      </Panel>
      <Panel title="When">
        <DetailsList
          rows={[
            [
              'Occurred',
              <span key="occurred" className="flex flex-wrap items-center gap-2">
                <Time value={event.occurredAt} millis />
                {timing && <Badge tone="warning">{timing.words}</Badge>}
              </span>,
            ],
            ['Received', <Time key="received" value={event.receivedAt} millis />],
          ]}
        />
      </Panel>
      <PartyPanel title="Actor" party={event.actor} link={link} />
      <PartyPanel title="On behalf of" party={event.onBehalfOf} link={link} />
      {event.targets?.map((target, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: an event never changes, and neither does the order of its targets
        <Panel key={index} title={(event.targets?.length ?? 0) > 1 ? `Target ${index + 1}` : 'Target'}>
          <DetailsList
            rows={[
              ['Name', link('target', target.name)],
              ['Type', link('targetType', target.type)],
              ['Parent', target.parent],
              ['Id', target.id && <span className="literal break-all">{target.id}</span>],
            ]}
          />
        </Panel>
      ))}
      <Origin event={event} link={link} />
    </>
  )
}

function PartyPanel({ title, party, link }: { title: string; party: StoredEvent['actor']; link: LinkMaker }) {
  if (!party) return null
  return (
    <Panel title={title}>
      <DetailsList
        rows={[
          ['Login', link('actor', party.login)],
          ['Identity', link('actor', party.identity)],
          ['Id', link('actor', party.id)],
          ['Kind', party.type],
          ['Repository', party.repository],
          ['Session', link('session', party.sessionId)],
          ['IP address', link('ip', party.ip)],
          ['User agent', party.userAgent],
        ]}
      />
    </Panel>
  )
}

type LinkMaker = (name: string, value: string | undefined) => ReactNode

function Origin({ event, link }: { event: StoredEvent; link: LinkMaker }) {
  const rows: Row[] = [
    ['From', link('source', event.source)],
    ['To', event.destination],
    ['Data source', link('dataSource', event.dataSource)],
    [
      'External reference',
      event.externalRef && <span className="literal break-all">{event.externalRef}</span>,
    ],
  ]
  if (!rows.some(([, value]) => value)) return null
  return (
    <Panel title="Where it comes from">
      <DetailsList rows={rows} />
    </Panel>
  )
}

function LongText({ text }: { text: string }) {
  if (text.length <= MAX_INLINE && !text.includes('\n')) return text
  return <CodeBlock label={`${text.length.toLocaleString('en')} characters`} code={text} wrap />
}
