'use client'

import { Suspense } from 'react'
import { joinClasses } from '@/components/ui/join-classes'
import type { EntityFacets } from '@/lib/trail/entity-facets'
import { FACET_NAMES } from '@/lib/trail/facet-names'
import { useEntityName } from './entity-names'
import { FacetValue } from './facet-value'
import { filterLabel } from './filter-names'
import { entityValue } from './matched-name'
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
  const entityName = useEntityName()
  if (!result.ok) return <p className="text-quiet text-sm">The facets could not be read.</p>
  const { facets, entities } = result.overview
  const groups = FACET_NAMES.flatMap((name): Group[] => {
    const { values = [], exact = true } = facets[name] ?? {}
    const group = { name, label: filterLabel(name), exact, values: withChosen(values, params.getAll(name)) }
    return name === 'actor' ? [group, ...entityGroups(entities, params, entityName)] : [group]
  }).filter(({ values }) => values.length > 0)
  if (groups.length === 0) return <p className="text-quiet text-sm">Nothing found to choose from.</p>
  return (
    <div
      aria-busy={outdated || undefined}
      className={joinClasses('transition-opacity', outdated && 'opacity-60')}
    >
      {groups.map(({ name, label, exact, values }) => {
        const most = Math.max(1, ...values.map(({ count = 0 }) => count))
        return (
          <details key={label} open className="border-line not-first:border-t py-1.5">
            <summary className="rounded-sm py-0.5 font-medium text-quiet text-xs hover:text-ink pointer-coarse:py-2.5">
              {label}
              {!exact && <span className="font-normal"> (at least)</span>}
            </summary>
            <ul>
              {values.map((one) => (
                <FacetValue key={one.value} name={name} {...one} most={most} />
              ))}
            </ul>
          </details>
        )
      })}
      {entities === null && (
        <p className="border-line border-t py-1.5 text-quiet text-xs">The people could not be counted.</p>
      )}
    </div>
  )
}

/** `name` is the filter's; without a `label` a value stands for itself. */
type Group = { name: string; label: string; exact: boolean; values: FacetEntry[] }
type FacetEntry = { value: string; label?: string; count: number | undefined }

/** The values that were counted, and those that the address has besides. */
function withChosen(values: readonly FacetEntry[], raws: readonly string[]): FacetEntry[] {
  const known = new Set(values.map(({ value }) => value))
  const others = raws.map(plainValue).filter((value) => !known.has(value))
  return [...values, ...others.map((value) => ({ value, count: undefined }))]
}

function entityGroups(
  entities: EntityFacets | null | undefined,
  params: URLSearchParams,
  entityName: (value: string) => string,
): Group[] {
  if (!entities) return []
  const chosen = params.getAll('actorEntity')
  return ENTITY_GROUPS.map(({ facet, type, label }) => {
    const counted = entities[facet].map(({ entity, count }) => ({
      value: entityValue(entity),
      label: entity.display,
      count,
    }))
    const own = chosen.filter((raw) => plainValue(raw).startsWith(`${type}:`))
    const values = withChosen(counted, own).map((one) => ({
      ...one,
      label: one.label ?? entityName(one.value),
    }))
    return { name: 'actorEntity', label, exact: entities.exact, values }
  })
}

const ENTITY_GROUPS = [
  { facet: 'person', type: 'identity', label: 'Person' },
  { facet: 'organisation', type: 'organisation', label: 'Organisation' },
] as const

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
