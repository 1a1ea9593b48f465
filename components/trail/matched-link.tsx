import { CircleQuestionMark } from 'lucide-react'
import { visibleText } from '@/components/ui/visible-text'
import { canFilterBy } from './can-filter-by'
import type { MatchedName } from './matched-name'
import { type TrailAddress, ValueLink } from './value-link'

type Props = {
  column: 'actor' | 'target'
  /** What the event says in this column. */
  value: string
  matched: MatchedName
  address: TrailAddress
}

/** An actor or target by the name that the ledger gives it; what the event says is told beside it, and read aloud. */
export function MatchedLink({ column, value, matched, address }: Props) {
  const { display, raw, entity, id, candidates } = matched
  const openHref = id && `${address.path.replace(/trail$/, 'ledger/entities')}/${id}`
  if (candidates) {
    const note = `Ambiguous: ${visibleText(candidates.join(', '))}`
    return (
      <ValueLink name={column} value={value} address={address} note={note}>
        <bdi>{visibleText(value)}</bdi>
        <CircleQuestionMark aria-hidden className="ml-1 inline size-3.5 text-warning" />
        <span className="sr-only"> ({note})</span>
      </ValueLink>
    )
  }
  const shown = visibleText(display ?? value)
  const [name, wanted] =
    entity && canFilterBy(entity) ? ([`${column}Entity`, entity] as const) : ([column, value] as const)
  return (
    <ValueLink
      name={name}
      value={wanted}
      address={address}
      label={shown}
      note={`In the event: ${visibleText(raw)}`}
      openHref={openHref}
    >
      <bdi>{shown}</bdi>
      <span className="sr-only"> (in the event: {visibleText(raw)})</span>
    </ValueLink>
  )
}
