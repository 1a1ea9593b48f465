import type { ReactNode } from 'react'
import { visibleText } from '@/components/ui/visible-text'
import { including, trailHref, withValue } from './trail-url'

/** Where the table stands: what its links start from. */
export type TrailAddress = { path: string; query: string }

type Props = {
  name: string
  value: string
  address: TrailAddress
  /** What stands there for the value: a name of the ledger, say. */
  label?: string
  /** Told beside the value's actions: what the event itself says, say. */
  note?: string
  /** A page that is about the value. */
  openHref?: string
  children?: ReactNode
}

/**
 * A value of the table: a plain link to the events with it. `ValueActions` around the table makes more of it;
 * the arrow keys lead here from the row's own link, so that Tab goes from row to row.
 */
export function ValueLink({ name, value, address, label, note, openHref, children }: Props) {
  const params = new URLSearchParams(address.query)
  return (
    <a
      href={trailHref(address.path, withValue(params, name, including(value)))}
      data-name={name}
      data-value={value}
      data-label={label}
      data-note={note}
      data-open={openHref}
      tabIndex={-1}
      className="rounded-sm underline-offset-3 hover:underline"
    >
      {children ?? <bdi>{visibleText(value)}</bdi>}
    </a>
  )
}
