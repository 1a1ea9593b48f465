import { LevelBadge } from '@/components/ui/level-badge'
import type { Slot } from './histogram-slots'
import { countWords, formatCount, rangeWords } from './histogram-words'

type Props = { slot: Slot; timeZone: string; atPercent: number }

/** What the bar under the pointer says; each bar's own name says the same aloud. */
export function HistogramTooltip({ slot, timeZone, atPercent }: Props) {
  return (
    <div
      aria-hidden
      className="pointer-events-none absolute bottom-full z-20 mb-1.5 w-max max-w-full rounded-lg bg-raised px-3 py-2 text-xs shadow-pop"
      // Moves along its own width as it goes, so that it never leaves the plot.
      style={{ left: `${atPercent}%`, transform: `translateX(-${atPercent}%)` }}
    >
      <p className="numeric text-quiet">{rangeWords(slot, timeZone)}</p>
      <p className="font-medium">{countWords(slot.total)}</p>
      {slot.levels.map(([level, count]) => (
        <p key={level} className="flex items-baseline justify-between gap-6">
          <LevelBadge level={level} />
          <span className="numeric">{formatCount(count)}</span>
        </p>
      ))}
    </div>
  )
}
