import { useState } from 'react'
import type { Grid } from './grid'

/** Steps that can be taken back; rows that did not change are shared between them. */
const MAX_STEPS = 200

type History = { grid: Grid; before: readonly Grid[]; after: readonly Grid[] }

/** A table with the way back. `start` is what it was when it was last saved. */
export function useGridHistory(first: Grid) {
  const [{ grid, before, after }, set] = useState<History>({ grid: first, before: [], after: [] })
  const [start, setStart] = useState(first)
  return {
    grid,
    isChanged: grid !== start,
    canUndo: before.length > 0,
    canRedo: after.length > 0,
    change: (next: Grid) =>
      set((now) =>
        next === now.grid
          ? now
          : { grid: next, before: [...now.before, now.grid].slice(-MAX_STEPS), after: [] },
      ),
    undo: () =>
      set((now) => {
        const last = now.before.at(-1)
        return last ? { grid: last, before: now.before.slice(0, -1), after: [now.grid, ...now.after] } : now
      }),
    redo: () =>
      set((now) => {
        const [next, ...rest] = now.after
        return next ? { grid: next, before: [...now.before, now.grid], after: rest } : now
      }),
    markSaved: () => setStart(grid),
  }
}
