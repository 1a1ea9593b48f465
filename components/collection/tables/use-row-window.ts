import { type RefObject, useEffect, useState } from 'react'
import { ROW_PX } from './grid-row'

/** Rows beyond what is seen, so that scrolling shows no blanks. */
const MARGIN = 8

/** What is drawn of a long table, in order: rows, and how many are left out between them. */
export type Drawn = { row: number } | { gap: number; before: number }

/** The rows that can be seen, and the one of the cursor wherever it is: the focus must not lose it. */
export function useRowWindow(
  frame: RefObject<HTMLElement | null>,
  count: number,
  cursorRow: number,
): Drawn[] {
  // What fits before it is measured: no window shows more of a table than this.
  const [seen, setSeen] = useState({ from: 0, to: 30 })
  useEffect(() => {
    const box = frame.current
    if (!box) return
    const measure = () =>
      setSeen({
        from: Math.floor(box.scrollTop / ROW_PX),
        to: Math.ceil((box.scrollTop + box.clientHeight) / ROW_PX),
      })
    measure()
    box.addEventListener('scroll', measure, { passive: true })
    window.addEventListener('resize', measure)
    return () => {
      box.removeEventListener('scroll', measure)
      window.removeEventListener('resize', measure)
    }
  }, [frame])
  return drawnRows(count, Math.max(0, seen.from - MARGIN), seen.to + MARGIN, cursorRow)
}

export function drawnRows(count: number, from: number, to: number, cursorRow: number): Drawn[] {
  const shown = new Set<number>()
  for (let row = from; row < Math.min(to, count); row++) shown.add(row)
  if (cursorRow < count) shown.add(cursorRow)
  const drawn: Drawn[] = []
  let next = 0
  for (const row of [...shown].sort((a, b) => a - b)) {
    if (row > next) drawn.push({ gap: row - next, before: row })
    drawn.push({ row })
    next = row + 1
  }
  if (next < count) drawn.push({ gap: count - next, before: count })
  return drawn
}
