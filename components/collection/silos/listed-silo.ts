import type { SiloView } from '@/lib/collection/silos/silo-view'
import { originInWords } from './origin-words'

/** A silo as its list shows it: without the account that opens its bucket. */
export type ListedSilo = Pick<
  SiloView,
  'name' | 'note' | 'line' | 'files' | 'openRejects' | 'lastFileAt' | 'lastRun'
> & { from: string; isQuiet: boolean }

export function toListed(silo: SiloView, now: number): ListedSilo {
  const { name, note, line, files, openRejects, lastFileAt, lastRun, origin, quietAt } = silo
  const isQuiet = quietAt !== null && quietAt.getTime() <= now
  return { name, note, line, files, openRejects, lastFileAt, lastRun, from: originInWords(origin), isQuiet }
}
