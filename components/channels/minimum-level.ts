import { LEVELS, type Level } from '@/lib/event/levels'

/** From which level on events were chosen: empty for all of them, undefined for a choice with gaps. */
export function minimumOf(levels: readonly string[]): Level | '' | undefined {
  if (levels.length === 0) return ''
  const chosen = LEVELS.filter((level) => levels.includes(level))
  const [lowest] = chosen
  if (lowest === undefined || levelsFrom(lowest).length !== chosen.length) return undefined
  return lowest === LEVELS[0] ? '' : lowest
}

/** The levels from one on; none for all, as a filter says it. */
export function levelsFrom(minimum: Level | ''): Level[] {
  return minimum === '' ? [] : LEVELS.slice(LEVELS.indexOf(minimum))
}
