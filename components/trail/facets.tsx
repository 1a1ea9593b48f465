'use client'

import { Suspense } from 'react'
import { joinClasses } from '@/components/ui/join-classes'
import { FACET_NAMES } from '@/lib/trail/facet-names'
import { FacetValue } from './facet-value'
import { filterLabel } from './filter-names'
import { useOverview } from './overview-source'
import { useTrail } from './trail-navigation'
import { plainValue } from './trail-url'

/** The most frequent values of the events that pass; a click shows only those with one, or without it. */
export function Facets() {
  return (
    <Suspense fallback={<Pending />}>
      <Loaded />
    </Suspense>
  )
}

function Loaded() {
  const { result, outdated } = useOverview()
  const { params } = useTrail()
  if (!result.ok) return <p className="text-quiet text-sm">The facets could not be read.</p>
  const { facets } = result.overview
  const isEmpty = FACET_NAMES.every((name) => !facets[name]?.values.length && !params.has(name))
  if (isEmpty) return <p className="text-quiet text-sm">Nothing found to choose from.</p>
  return (
    <div
      aria-busy={outdated || undefined}
      className={joinClasses('transition-opacity', outdated && 'opacity-60')}
    >
      {FACET_NAMES.map((name) => {
        const { values = [], exact = true } = facets[name] ?? {}
        const others = params.getAll(name).map(plainValue)
        const known = new Set(values.map(({ value }) => value))
        const all = [
          ...values,
          ...others.filter((value) => !known.has(value)).map((value) => ({ value, count: undefined })),
        ]
        if (all.length === 0) return null
        const most = Math.max(1, ...values.map(({ count }) => count))
        return (
          <details key={name} open className="border-line not-first:border-t py-1.5">
            <summary className="rounded-sm py-0.5 font-medium text-quiet text-xs hover:text-ink pointer-coarse:py-2.5">
              {filterLabel(name)}
              {!exact && <span className="font-normal"> (at least)</span>}
            </summary>
            <ul>
              {all.map(({ value, count }) => (
                <FacetValue key={value} name={name} value={value} count={count} most={most} />
              ))}
            </ul>
          </details>
        )
      })}
    </div>
  )
}

function Pending() {
  return (
    <div
      role="status"
      aria-label="Reading the facets"
      className="grid animate-pulse gap-2 pt-2 motion-reduce:animate-none"
    >
      {FACET_NAMES.map((name) => (
        <span key={name} className="h-16 rounded-sm bg-sunken" />
      ))}
    </div>
  )
}
