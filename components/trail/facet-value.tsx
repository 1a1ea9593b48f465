'use client'

import { Check, Minus } from 'lucide-react'
import { joinClasses } from '@/components/ui/join-classes'
import { LevelBadge } from '@/components/ui/level-badge'
import { visibleText } from '@/components/ui/visible-text'
import { LEVELS } from '@/lib/event/levels'
import { formatCount } from './histogram-words'
import { TrailLink, useTrail } from './trail-navigation'
import { excluding, including, withoutValue, withValue } from './trail-url'

type Props = {
  /** Of the filter. */
  name: string
  value: string
  /** What the value is called; without it, the value itself. */
  label?: string
  count: number | undefined
  most: number
}

/** A value of a facet, its share as a line underneath. */
export function FacetValue({ name, value, label = value, count, most }: Props) {
  const { params } = useTrail()
  const chosen = params.getAll(name)
  const isIn = chosen.includes(including(value))
  const isOut = chosen.includes(excluding(value))
  const toggle = (raw: string, isOn: boolean) => (isOn ? withoutValue : withValue)(params, name, raw)
  return (
    <li className="group/facet relative flex items-center text-sm">
      <TrailLink
        to={toggle(including(value), isIn)}
        title={visibleText(label)}
        aria-current={isIn ? 'true' : undefined}
        className={joinClasses(
          'flex min-w-0 flex-1 items-baseline gap-1.5 rounded-sm px-1 py-0.5 hover:bg-hover aria-[current=true]:bg-accent-soft aria-[current=true]:font-medium pointer-coarse:py-2.5',
          isOut && 'text-danger line-through',
        )}
      >
        {isIn && <Check aria-hidden className="size-3.5 shrink-0 self-center text-accent" />}
        {isOut && <span className="sr-only">excluded: </span>}
        <span className="min-w-0 flex-1 truncate">{shownValue(name, label)}</span>
        {count !== undefined && <span className="numeric text-quiet text-xs">{formatCount(count)}</span>}
      </TrailLink>
      <TrailLink
        to={toggle(excluding(value), isOut)}
        aria-label={`${isOut ? 'No longer without' : 'Without'} ${visibleText(label)}`}
        title={isOut ? 'No longer exclude' : 'Exclude'}
        aria-current={isOut ? 'true' : undefined}
        className="grid size-6 shrink-0 place-items-center rounded-sm text-faint hover:bg-hover hover:text-ink focus-visible:opacity-100 group-hover/facet:opacity-100 aria-[current=true]:text-danger aria-[current=true]:opacity-100 pointer-fine:opacity-0 pointer-coarse:size-10"
      >
        <Minus aria-hidden className="size-3.5" />
      </TrailLink>
      {count !== undefined && (
        <span
          aria-hidden
          className={joinClasses(
            'pointer-events-none absolute bottom-0 left-1 h-0.5 rounded-full',
            isOut ? 'bg-line' : 'bg-accent/40',
          )}
          style={{ width: `calc((100% - 2rem) * ${(count / most).toFixed(3)})` }}
        />
      )}
    </li>
  )
}

function shownValue(name: string, value: string) {
  const level = name === 'level' && LEVELS.find((one) => one === value)
  return level ? <LevelBadge level={level} /> : <bdi>{visibleText(value)}</bdi>
}
