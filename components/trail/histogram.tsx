'use client'

import { type FocusEvent, memo, useMemo, useState } from 'react'
import { levelColor } from '@/components/ui/level-mark'
import { useTimeZone } from '@/components/ui/time-zone'
import type { Level } from '@/lib/event/levels'
import type { Histogram as Data } from '@/lib/trail/overview'
import { rangeBetween, type Slot, toSegments, toSlots } from './histogram-slots'
import { HistogramTooltip } from './histogram-tooltip'
import { slotWords } from './histogram-words'
import { TimeAxis } from './time-axis'
import { TrailLink, useTrail } from './trail-navigation'
import { withPeriod } from './trail-url'
import { useBrush } from './use-brush'

/** Labels between the ends: as many as stay apart on a narrow window. */
const LABELS_BETWEEN = 3

/** Events over time. A bar is a link into its own time; dragging over several zooms into them all. */
export function Histogram({ data }: { data: Data }) {
  const { params, go } = useTrail()
  const timeZone = useTimeZone()
  const slots = useMemo(() => toSlots(data), [data])
  const most = Math.max(1, ...slots.map(({ total }) => total))
  const [focused, setFocused] = useState<number>()
  const { brushed, pointed, setPointed, plotProps } = useBrush(slots.length, ([a, b]) => {
    const { from, to } = rangeBetween(slots, a, b)
    go(withPeriod(params, from, to))
  })
  const shown = pointed === undefined ? undefined : slots[pointed]
  const entry = focused ?? slots.findLastIndex(({ total }) => total > 0)
  const percent = (slot: number) => (slot / slots.length) * 100

  return (
    <>
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset is for controls of a form */}
      <div
        role="group"
        aria-label="Events over time; Shift and arrow keys select bars, Enter zooms in"
        {...plotProps}
        onFocus={({ target }: FocusEvent<HTMLElement>) => {
          const slot = Number(target.dataset.slot)
          setFocused(slot)
          setPointed(slot)
        }}
        onBlur={() => setPointed(undefined)}
        className="relative mt-2 h-18 cursor-crosshair touch-pan-y select-none border-line border-b"
      >
        <Bars slots={slots} most={most} />
        {slots.map(
          (slot, index) =>
            slot.total > 0 && (
              <TrailLink
                key={slot.from}
                to={withPeriod(params, slot.from, slot.to)}
                data-slot={index}
                tabIndex={index === entry ? 0 : -1}
                draggable={false}
                aria-label={slotWords(slot, timeZone)}
                className="absolute inset-y-0 rounded-sm hover:bg-ink/8 focus-visible:-outline-offset-1"
                style={{ left: `${percent(index)}%`, width: `${percent(1)}%` }}
              />
            ),
        )}
        {brushed && (
          <div
            className="pointer-events-none absolute inset-y-0 border-accent border-x bg-accent/20"
            style={{
              left: `${percent(Math.min(...brushed))}%`,
              width: `${percent(Math.abs(brushed[1] - brushed[0]) + 1)}%`,
            }}
          />
        )}
        {shown && (
          <HistogramTooltip
            slot={brushed ? merged(slots, brushed) : shown}
            timeZone={timeZone}
            atPercent={percent((pointed ?? 0) + 0.5)}
          />
        )}
      </div>
      <TimeAxis slots={slots} timeZone={timeZone} between={LABELS_BETWEEN} isThinned />
    </>
  )
}

/** Everyday levels step back, so that the others are seen among them. */
const FAINT: Partial<Record<Level, number>> = { trace: 0.35, debug: 0.45, info: 0.5 }

const Bars = memo(function Bars({ slots, most }: { slots: readonly Slot[]; most: number }) {
  return (
    <svg
      aria-hidden
      viewBox={`0 0 ${slots.length} 100`}
      preserveAspectRatio="none"
      className="absolute inset-0 size-full"
    >
      {slots.map((slot, index) =>
        toSegments(slot, most).map(({ level, y, height }) => (
          <rect
            key={`${slot.from} ${level}`}
            x={index + 0.08}
            y={y.toFixed(2)}
            width={0.84}
            height={height.toFixed(2)}
            fill="currentColor"
            fillOpacity={FAINT[level]}
            className={levelColor(level)}
          />
        )),
      )}
    </svg>
  )
})

function merged(slots: readonly Slot[], [a, b]: [number, number]): Slot {
  const within = slots.slice(Math.min(a, b), Math.max(a, b) + 1)
  const levels = new Map<Level, number>()
  for (const slot of within)
    for (const [level, count] of slot.levels) levels.set(level, (levels.get(level) ?? 0) + count)
  return {
    ...rangeBetween(slots, a, b),
    total: within.reduce((sum, { total }) => sum + total, 0),
    levels: [...levels],
  }
}
