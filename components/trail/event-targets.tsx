import { Panel } from '@/components/ui/panel'
import { visibleText } from '@/components/ui/visible-text'
import type { StoredEvent } from '@/lib/event/stored-event'
import { isEntityType } from '@/lib/ledger/entity-types'
import type { EventMatches } from './event-matches'
import { FilterLink } from './filter-link'
import { MatchedView } from './matched-view'

/** Filters compare the first two. */
const FILTERED_TARGETS = 2

type Target = NonNullable<StoredEvent['targets']>[number]
type Props = { event: StoredEvent; path: string; matches?: EventMatches }

/** What it was done to: none, one, or up to sixteen. */
export function EventTargets({ event, path, matches }: Props) {
  const { targets = [] } = event
  if (targets.length === 0) return null
  return (
    <Panel title={targets.length === 1 ? 'Target' : `${targets.length} targets`}>
      <ol className="divide-y divide-line text-sm">
        {targets.map((target, index) => (
          <li
            // biome-ignore lint/suspicious/noArrayIndexKey: an event never changes, and neither does the order of its targets
            key={index}
            className="py-1.5"
          >
            {matches && <TargetMatch target={target} place={index} event={event} matches={matches} />}
            <TargetView target={target} path={index < FILTERED_TARGETS ? path : undefined} />
          </li>
        ))}
      </ol>
    </Panel>
  )
}

type MatchProps = { target: Target; place: number; event: StoredEvent; matches: EventMatches }

function TargetMatch({ target, place, event, matches }: MatchProps) {
  const { type, name, parent, id } = target
  const { origin, occurredAt: at } = event
  const matched = matches.matched.targets?.[place]
  if (!matched) return null
  return (
    <MatchedView
      matched={matched}
      from={matches.origins.targets[place] ?? null}
      said={{ logEntity: isEntityType(type) ? type : 'undetermined', name, parent, id, origin, at }}
      slug={matches.slug}
      mayRead={matches.mayRead}
    />
  )
}

function TargetView({ target: { name, type, parent, id }, path }: { target: Target; path?: string }) {
  const show = (filter: string, value: string) =>
    path ? <FilterLink path={path} name={filter} value={value} /> : <bdi>{visibleText(value)}</bdi>
  return (
    <dl className="flex flex-wrap items-baseline gap-x-4 gap-y-0.5">
      {name && <Pair label="Name" value={show('target', name)} className="w-full" hidden />}
      {type && <Pair label="type" value={show('targetType', type)} />}
      {parent && <Pair label="in" value={<bdi>{visibleText(parent)}</bdi>} />}
      {id && <Pair label="id" value={<bdi className="literal break-all">{visibleText(id)}</bdi>} />}
      {!name && !type && !parent && !id && <Pair label="Name" value="not given" hidden />}
    </dl>
  )
}

type PairProps = { label: string; value: React.ReactNode; className?: string; hidden?: boolean }

/** The name stands for itself; its label is only read aloud. */
function Pair({ label, value, className = '', hidden = false }: PairProps) {
  return (
    <div className={`flex min-w-0 gap-1.5 ${hidden ? '' : 'text-xs'} ${className}`}>
      <dt className={hidden ? 'sr-only' : 'shrink-0 text-quiet'}>{label}</dt>
      <dd className="wrap-anywhere min-w-0">{value}</dd>
    </div>
  )
}
