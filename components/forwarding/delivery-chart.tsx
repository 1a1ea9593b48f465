'use client'

import { type PointerEvent, useState } from 'react'
import { rangeWords } from '@/components/trail/histogram-words'
import { TimeAxis } from '@/components/trail/time-axis'
import { useTimeZone } from '@/components/ui/time-zone'
import { DeliveryHoursTable } from './delivery-hours-table'
import { type DeliverySlot, hasHappened, totalsOf } from './delivery-slots'

type Series = { name: 'sent' | 'failed' | 'behind'; label: string; total: string; color: string }

/** Each with a scale of its own: a thousand events and three failures would not show side by side. */
const SERIES: readonly Series[] = [
  { name: 'sent', label: 'Sent', total: '', color: 'text-accent' },
  { name: 'failed', label: 'Failed', total: '', color: 'text-danger' },
  { name: 'behind', label: 'Behind in the trail', total: 'at most ', color: 'text-warning' },
]

const LABELS_BETWEEN = 2

/** What was sent, what failed and what waited, hour by hour. */
export function DeliveryChart({ slots }: { slots: readonly DeliverySlot[] }) {
  const timeZone = useTimeZone()
  const [pointed, setPointed] = useState<number>()
  const totals = totalsOf(slots)
  const shown = pointed === undefined ? undefined : slots[pointed]

  function point({ clientX, currentTarget }: PointerEvent<HTMLElement>) {
    const { left, width } = currentTarget.getBoundingClientRect()
    setPointed(Math.min(slots.length - 1, Math.max(0, Math.floor(((clientX - left) / width) * slots.length))))
  }

  return (
    <figure>
      <div className="relative" onPointerMove={point} onPointerLeave={() => setPointed(undefined)}>
        {SERIES.map((series) => (
          <Plot key={series.name} series={series} slots={slots} total={totals[series.name]} />
        ))}
        {pointed !== undefined && shown && (
          <>
            <div
              className="pointer-events-none absolute inset-y-0 rounded-sm bg-ink/8"
              style={{ left: `${(pointed / slots.length) * 100}%`, width: `${100 / slots.length}%` }}
            />
            <Tooltip slot={shown} timeZone={timeZone} atPercent={((pointed + 0.5) / slots.length) * 100} />
          </>
        )}
      </div>
      <TimeAxis slots={slots} timeZone={timeZone} between={LABELS_BETWEEN} />
      <figcaption className="sr-only">
        {SERIES.map(
          ({ name, label, total }) => `${label}: ${total}${totals[name].toLocaleString('en')}`,
        ).join('. ')}
      </figcaption>
      {slots.some(hasHappened) && <DeliveryHoursTable slots={slots.filter(hasHappened)} />}
    </figure>
  )
}

type PlotProps = { series: Series; slots: readonly DeliverySlot[]; total: number }

function Plot({ series: { name, label, total: word, color }, slots, total }: PlotProps) {
  const most = Math.max(1, ...slots.map((slot) => slot[name] ?? 0))
  return (
    <div aria-hidden className="mb-1.5">
      <p className="flex justify-between gap-2 text-xs">
        <span className="text-quiet">{label}</span>
        <span className={`numeric ${total > 0 ? color : 'text-quiet'}`}>
          {total > 0 && word}
          {total.toLocaleString('en')}
        </span>
      </p>
      <svg
        aria-hidden="true"
        viewBox={`0 0 ${slots.length} 100`}
        preserveAspectRatio="none"
        className={`h-10 w-full border-line border-b ${color}`}
      >
        {slots.map((slot, index) => {
          const height = heightOf(slot[name] ?? 0, most)
          if (height === 0) return null
          return (
            <rect
              key={slot.from}
              x={index + 0.1}
              width={0.8}
              y={100 - height}
              height={height}
              fill="currentColor"
            />
          )
        })}
      </svg>
    </div>
  )
}

/** Of the plot's height: so much that a single event among thousands is still seen. */
const MIN_HEIGHT = 4

const heightOf = (value: number, most: number) =>
  value === 0 ? 0 : Math.max(MIN_HEIGHT, Math.round((value / most) * 1000) / 10)

function Tooltip({ slot, timeZone, atPercent }: { slot: DeliverySlot; timeZone: string; atPercent: number }) {
  return (
    <div
      aria-hidden
      className="pointer-events-none absolute bottom-full z-20 mb-1.5 w-max max-w-full rounded-lg bg-raised px-3 py-2 text-xs shadow-pop"
      style={{ left: `${atPercent}%`, transform: `translateX(-${atPercent}%)` }}
    >
      <p className="numeric text-quiet">{rangeWords(slot, timeZone)}</p>
      {SERIES.map(({ name, label, color }) => (
        <p key={name} className="flex justify-between gap-6">
          <span className={color}>{label}</span>
          <span className="numeric">{slot[name]?.toLocaleString('en') ?? 'not known'}</span>
        </p>
      ))}
      {slot.dead > 0 && (
        <p className="flex justify-between gap-6">
          <span className="text-danger">Set aside</span>
          <span className="numeric">{slot.dead.toLocaleString('en')}</span>
        </p>
      )}
    </div>
  )
}
