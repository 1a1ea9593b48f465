import type { TrailRow } from './trail-row'

/** More rows make a browser slow, and nobody reads them: the pages further back have them all. */
export const MAX_ROWS = 500

/** New rows on top of those there, newest first, none twice, at most `MAX_ROWS`. */
export function putOnTop(arrived: readonly TrailRow[], rows: readonly TrailRow[]): TrailRow[] {
  const seen = new Set<number>()
  return [...arrived, ...rows]
    .sort((a, b) => b.seq - a.seq)
    .filter(({ seq }) => !seen.has(seq) && seen.add(seq))
    .slice(0, MAX_ROWS)
}
