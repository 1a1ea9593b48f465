import type { Origin } from '@/lib/collection/origins/origin'
import { shownOrigin } from '@/lib/collection/origins/shown-origin'
import type { SiloRow } from './find-silo'

type Facts = Pick<
  SiloRow,
  'note' | 'lineId' | 'origin' | 'pattern' | 'reading' | 'collectsAtOnce' | 'keepDays'
>

/** A silo's settings as the trail may show them: without secrets. */
export function siloFacts(row: Facts): Record<string, unknown> {
  const { note, lineId, pattern, reading, collectsAtOnce, keepDays } = row
  const origin = shownOrigin(row.origin as Origin)
  return { note, lineId, origin, pattern, reading, collectsAtOnce, keepDays }
}
