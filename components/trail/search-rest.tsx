'use client'

import { Hourglass } from 'lucide-react'
import { buttonStyle } from '@/components/ui/button-style'
import { EmptyState } from '@/components/ui/empty-state'
import { TrailLink, useTrail } from './trail-navigation'
import { withCursor } from './trail-url'

type Props = { rest: { cursor: string; seq: number }; isEmpty?: boolean }

/** The search stopped so that nobody waits: how far it came, and the way on. */
export function SearchRest({ rest: { cursor, seq }, isEmpty = false }: Props) {
  const { params, pending } = useTrail()
  const place = seq.toLocaleString('en')
  const searchOn = (
    <TrailLink to={withCursor(params, cursor)} className={buttonStyle(isEmpty ? 'primary' : 'secondary')}>
      Search on
    </TrailLink>
  )
  if (isEmpty)
    return (
      <EmptyState title="Nothing found so far" mark={<Hourglass aria-hidden />} actions={searchOn}>
        <p role="status">
          {pending
            ? 'Searching on …'
            : `There is more to look through: the search has come as far as seq ${place}.`}
        </p>
      </EmptyState>
    )
  return (
    <div className="mt-3 flex flex-wrap items-center justify-between gap-x-4 gap-y-2 rounded-md bg-sunken px-3 py-2 text-quiet text-sm">
      <p role="status">
        There may be more: the search has come as far as seq <span className="numeric">{place}</span>.
      </p>
      {searchOn}
    </div>
  )
}
