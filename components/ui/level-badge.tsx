import type { Level } from '@/lib/event/levels'
import { LevelMark, levelColor } from './level-mark'

/** A level as shape, word and colour. */
export function LevelBadge({ level }: { level: Level }) {
  return (
    <span
      className={`inline-flex items-baseline gap-1.5 whitespace-nowrap font-medium text-xs ${levelColor(level)}`}
    >
      <LevelMark level={level} />
      {level}
    </span>
  )
}
