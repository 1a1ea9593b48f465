'use client'

import { X } from 'lucide-react'
import { buttonStyle } from '@/components/ui/button-style'
import { useTimeZone } from '@/components/ui/time-zone'
import { visibleText } from '@/components/ui/visible-text'
import { useEntityName } from './entity-names'
import { activeNames, entityFilterLabel, filterLabel, isEntityFilter } from './filter-names'
import { describeRange } from './time-ranges'
import { TrailLink, useTrail } from './trail-navigation'
import {
  isExcluding,
  negate,
  plainValue,
  withOnly,
  withoutFilter,
  withoutValue,
  withRange,
  withValue,
} from './trail-url'

/** The filters that are on: the verb turns one around, × takes it off. */
export function FilterChips() {
  const { params } = useTrail()
  const entityName = useEntityName()
  const range = describeRange(params, useTimeZone())
  const least = params.get('minLevel')
  const chips = activeNames(params).flatMap((name) => params.getAll(name).map((raw) => ({ name, raw })))
  if (chips.length === 0 && !least && !range) return null
  return (
    <ul aria-label="Active filters" className="mt-3 flex flex-wrap items-center gap-1.5">
      {chips.map(({ name, raw }) => (
        <Chip
          key={`${name} ${raw}`}
          label={isEntityFilter(name) ? entityFilterLabel(name, plainValue(raw)) : filterLabel(name)}
          verb={verbOf(name, raw)}
          value={visibleText(isEntityFilter(name) ? entityName(plainValue(raw)) : plainValue(raw))}
          excludes={isExcluding(raw)}
          turn={withValue(params, name, negate(raw))}
          remove={withoutValue(params, name, raw)}
        />
      ))}
      {range && <Chip label="Time" verb="is" value={range} remove={withRange(params, undefined)} />}
      {least && (
        <Chip label="Level" verb="at least" value={least} remove={withOnly(params, 'minLevel', undefined)} />
      )}
      <li>
        <TrailLink to={withoutFilter(params)} className={buttonStyle('quiet', 'sm')}>
          Clear all
        </TrailLink>
      </li>
    </ul>
  )
}

function verbOf(name: string, raw: string): string {
  if (name === 'q') return isExcluding(raw) ? 'lacks' : 'has'
  return isExcluding(raw) ? 'is not' : 'is'
}

type ChipProps = {
  label: string
  verb: string
  value: string
  excludes?: boolean
  turn?: URLSearchParams
  remove: URLSearchParams
}

function Chip({ label, verb, value, excludes = false, turn, remove }: ChipProps) {
  return (
    <li
      className={`inline-flex h-7 max-w-full items-center rounded-md pl-2 text-xs pointer-coarse:h-10 ${excludes ? 'bg-danger-soft' : 'bg-accent-soft'}`}
    >
      <span className="shrink-0 text-quiet">{label}</span>
      {turn ? (
        <TrailLink
          to={turn}
          title="Turn around"
          className="mx-0.5 shrink-0 rounded-sm px-0.5 py-1 text-quiet underline decoration-dotted underline-offset-3 hover:text-ink pointer-coarse:py-2.5"
        >
          {verb}
        </TrailLink>
      ) : (
        <span className="mx-1 shrink-0 text-quiet">{verb}</span>
      )}
      <span title={value} className={`truncate font-medium ${excludes ? 'text-danger' : 'text-accent'}`}>
        <bdi>{value}</bdi>
      </span>
      <TrailLink
        to={remove}
        aria-label={`Remove ${label} ${verb} ${value}`}
        className="grid size-7 shrink-0 place-items-center rounded-md text-quiet hover:text-ink pointer-coarse:size-10"
      >
        <X aria-hidden className="size-3.5" />
      </TrailLink>
    </li>
  )
}
