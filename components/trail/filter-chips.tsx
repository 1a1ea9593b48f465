'use client'

import { X } from 'lucide-react'
import Link from 'next/link'
import { LinkButton } from '@/components/ui/link-button'
import { useTimeZone } from '@/components/ui/time-zone'
import { FILTER_LABELS, FILTER_NAMES } from './filter-names'
import { describeRange } from './time-ranges'
import {
  isExcluding,
  negate,
  plainValue,
  trailHref,
  withOnly,
  withoutValue,
  withRange,
  withValue,
} from './trail-url'

type Props = { path: string; query: string }

/** The filters that are on: the verb turns one around, × takes it off. */
export function FilterChips({ path, query }: Props) {
  const params = new URLSearchParams(query)
  const range = describeRange(params, useTimeZone())
  const least = params.get('minLevel')
  const chips = FILTER_NAMES.flatMap((name) => params.getAll(name).map((raw) => ({ name, raw })))
  if (chips.length === 0 && !least && !range) return null
  const href = (next: URLSearchParams) => trailHref(path, next)
  return (
    <ul aria-label="Active filters" className="mt-3 flex flex-wrap items-center gap-1.5">
      {chips.map(({ name, raw }) => (
        <Chip
          key={`${name} ${raw}`}
          label={FILTER_LABELS[name]}
          verb={verbOf(name, raw)}
          value={plainValue(raw)}
          turn={href(withValue(params, name, negate(raw)))}
          remove={href(withoutValue(params, name, raw))}
        />
      ))}
      {range && <Chip label="Time" verb="is" value={range} remove={href(withRange(params, undefined))} />}
      {least && (
        <Chip
          label="Level"
          verb="at least"
          value={least}
          remove={href(withOnly(params, 'minLevel', undefined))}
        />
      )}
      <li>
        <LinkButton href={path} variant="quiet" size="sm" prefetch={false}>
          Clear all
        </LinkButton>
      </li>
    </ul>
  )
}

function verbOf(name: string, raw: string): string {
  if (name === 'q') return isExcluding(raw) ? 'lacks' : 'has'
  return isExcluding(raw) ? 'is not' : 'is'
}

type ChipProps = { label: string; verb: string; value: string; turn?: string; remove: string }

function Chip({ label, verb, value, turn, remove }: ChipProps) {
  return (
    <li className="inline-flex h-7 max-w-full items-center rounded-md bg-accent-soft pl-2 text-xs pointer-coarse:h-9">
      <span className="text-quiet">{label}</span>
      {turn ? (
        <Link
          href={turn}
          prefetch={false}
          scroll={false}
          title="Turn around"
          className="mx-0.5 rounded-sm px-0.5 py-1 text-quiet underline decoration-dotted underline-offset-3 hover:text-ink"
        >
          {verb}
        </Link>
      ) : (
        <span className="mx-1 text-quiet">{verb}</span>
      )}
      <span className="truncate font-medium text-accent">{value}</span>
      <Link
        href={remove}
        prefetch={false}
        scroll={false}
        aria-label={`Remove ${label} ${verb} ${value}`}
        className="grid size-7 shrink-0 place-items-center rounded-md text-quiet hover:text-ink pointer-coarse:size-9"
      >
        <X aria-hidden className="size-3.5" />
      </Link>
    </li>
  )
}
