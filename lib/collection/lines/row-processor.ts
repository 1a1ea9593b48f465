import { compileTarget } from '@/lib/collection/target/compile-target'
import { toCollectedEvent } from '@/lib/collection/target/to-collected-event'
import type { RowOutcome, RowProcessor } from './compiled-line'
import type { LineDefinition } from './definition'
import { type LiveRow, Places } from './live-row'
import type { MakeStages } from './stages'

/** A line for files with one header. */
export function makeProcessor(
  definition: LineDefinition,
  header: readonly string[],
  makeStages: MakeStages,
  mandants: ReadonlySet<string>,
): RowProcessor {
  const places = new Places(header)
  const stages = makeStages(definition, places)
  const fill = compileTarget(definition.target, places.names)
  const context = { mandants }

  return (rows) => {
    const outcomes = new Array<RowOutcome>(rows.length)
    let live: LiveRow[] = []
    for (const [at, row] of rows.entries()) {
      if ('cells' in row) live.push({ at, cells: row.cells.slice(), isChosen: false })
      else outcomes[at] = { kind: 'rejected', reject: row.reject }
    }
    for (const stage of stages)
      live = stage(live, (at, outcome) => {
        outcomes[at] = outcome
      })
    for (const { at, cells } of live) {
      const result = toCollectedEvent(fill(cells), context)
      outcomes[at] =
        'event' in result
          ? { kind: 'event', event: result.event }
          : { kind: 'rejected', reject: result.reject }
    }
    return outcomes
  }
}
