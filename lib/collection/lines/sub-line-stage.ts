import { compileTarget } from '@/lib/collection/target/compile-target'
import type { RowOutcome } from './compiled-line'
import type { SavedLine } from './line-parts'
import { type LiveRow, Places, type Stage } from './live-row'
import { LINE_ATTRIBUTES } from './row-attributes'
import type { MakeStages } from './stages'

/**
 * Sends rows through another line, as they are here: what its steps set stays there, and its target's fields come back
 * as `log_…`. With `isConditional` only rows that were chosen; the others pass by.
 */
export function subLineStage(
  line: SavedLine,
  places: Places,
  makeStages: MakeStages,
  isConditional: boolean,
): Stage {
  const { definition } = line
  const inner = new Places(places.names)
  const stages = makeStages(definition, inner)
  const fill = compileTarget(definition.target, inner.names)
  const targets = LINE_ATTRIBUTES.map((name) => places.add(name))
  const width = inner.names.length

  return (rows, settle) => {
    const chosen = isConditional ? rows.filter(({ isChosen }) => isChosen) : rows
    const settled = new Set<number>()
    const settleInside = (at: number, outcome: RowOutcome) => {
      settled.add(at)
      settle(at, inLine(line.name, outcome))
    }
    let copies = chosen.map(
      ({ at, cells }): LiveRow => ({ at, cells: cells.slice(0, width), isChosen: false }),
    )
    for (const stage of stages) copies = stage(copies, settleInside)
    const values = new Map(copies.map(({ at, cells }) => [at, fill(cells)]))
    return rows.filter((row) => {
      if (settled.has(row.at)) return false
      const given = values.get(row.at)
      for (let n = 0; n < targets.length; n++) {
        const place = targets[n] as number
        row.cells[place] = given ? (given[n] as string) : (row.cells[place] ?? '')
      }
      return true
    })
  }
}

function inLine(name: string, outcome: RowOutcome): RowOutcome {
  if (outcome.kind !== 'rejected') return outcome
  return {
    kind: 'rejected',
    reject: { ...outcome.reject, reason: `In the line ${name}: ${outcome.reject.reason}` },
  }
}
