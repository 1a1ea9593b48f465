'use client'

import { useMemo, useState } from 'react'
import type { TableContent, TableKind, TableProblem } from '@/lib/collection/tables/table'
import { placeOf, problemsByCell } from './cell-problems'
import { squareGrid } from './grid'
import { ProblemList } from './problem-list'
import { TableCanvas } from './table-canvas'
import { cursorAt } from './table-grid'

type Props = { kind: TableKind; name: string; content: TableContent; problems: readonly TableProblem[] }

/** A table that is only read: an earlier version, or for who may not change it. */
export function TableReader({ kind, name, content, problems }: Props) {
  const grid = useMemo(() => squareGrid(content.columns, content.rows), [content])
  const byCell = useMemo(() => problemsByCell(problems, grid.columns), [problems, grid.columns])
  const [cursor, setCursor] = useState(cursorAt({ row: 0, column: 0 }))
  return (
    <div className="flex flex-col gap-4">
      <TableCanvas
        kind={kind}
        label={name}
        grid={grid}
        cursor={cursor}
        onCursor={setCursor}
        problems={byCell}
      />
      <ProblemList
        problems={problems}
        onJump={(problem) => {
          const place = placeOf(problem, grid.columns)
          if (place) setCursor(cursorAt(place))
        }}
      />
    </div>
  )
}
