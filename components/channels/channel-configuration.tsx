import { Check, X } from 'lucide-react'
import Link from 'next/link'
import type { ReactNode } from 'react'
import { declaredRows, generatedRows } from '@/components/forwarding/declared-rows'
import { sectionOf } from '@/components/forwarding/declared-section'
import { filterRows } from '@/components/forwarding/filter-rows'
import { DetailsList } from '@/components/ui/details-list'
import { Panel } from '@/components/ui/panel'
import { Time } from '@/components/ui/time'
import type { KindDescription } from '@/lib/forwarding/describe-kinds'
import type { DestinationView } from '@/lib/forwarding/destination-view'
import { intervalWords, isByCalendar, ruleWords } from './rhythm-words'
import type { WorkspaceClock } from './zone-note'

type Props = {
  channel: DestinationView
  kind: KindDescription | undefined
  clock: WorkspaceClock
}

/** What a channel is set to. When people are told is said in words, not field by field. */
export function ChannelConfiguration({ channel: c, kind, clock }: Props) {
  const own = (kind?.fields ?? []).filter((field) => !['rule', 'interval'].includes(sectionOf(field)))
  return (
    <Panel title="Configured" description={kind?.promise}>
      <DetailsList
        rows={[
          ['Enabled', <YesNo key="enabled" isYes={c.state === 'active'} />],
          ['Name', c.name],
          ['Note', c.note],
          ['Type', c.kindLabel],
          ...declaredRows(own, c).flatMap((row) => withSmtps(row, c.fields.tls).map(withHiddenSecret)),
          ...generatedRows(kind?.generated ?? [], c),
          ...filterRows(c, 'Categories'),
          ['Threshold', ruleWords(c.fields) ?? 'none: each event is told'],
          [
            'Interval',
            isByCalendar(c.fields) ? (
              <span key="interval">
                {intervalWords(c.fields)},{' '}
                <Link href={clock.settingsHref} className="rounded-sm underline underline-offset-3">
                  {clock.timeZone}
                </Link>
              </span>
            ) : (
              intervalWords(c.fields)
            ),
          ],
          ['Created At', <Time key="created" value={c.createdAt.toISOString()} />],
          ['Updated At', <Time key="updated" value={c.updatedAt.toISOString()} />],
        ]}
      />
    </Panel>
  )
}

/** Whether letters go by SMTPS, that is encrypted from the start, stands before the way of TLS. */
const withSmtps = (row: [string, ReactNode], tls: unknown): [string, ReactNode][] =>
  row[0] === 'TLS' ? [['SMTPS', <YesNo key="smtps" isYes={tls === 'implicit'} />], row] : [row]

/** A stored secret looks like one. */
const withHiddenSecret = ([label, value]: [string, ReactNode]): [string, ReactNode] => [
  label,
  value === 'stored, never shown' ? (
    <span key={label}>
      <span aria-hidden>••••••••</span> <span className="text-quiet text-xs">stored, never shown</span>
    </span>
  ) : (
    value
  ),
]

function YesNo({ isYes }: { isYes: boolean }) {
  const Icon = isYes ? Check : X
  return (
    <span className="inline-flex items-center gap-1.5">
      <Icon aria-hidden className={`size-4 ${isYes ? 'text-accent' : 'text-quiet'}`} />
      {isYes ? 'yes' : 'no'}
    </span>
  )
}
