import type { Sandbox } from '@/lib/collection/sandbox/sandbox'
import { compileTarget } from '@/lib/collection/target/compile-target'
import { toCollectedEvent } from '@/lib/collection/target/to-collected-event'
import { TARGET_FIELDS } from '@/lib/trail/export/target-fields'
import type { RowOutcome } from './compiled-line'
import { LEVEL_FIELD, type LineDefinition } from './definition'
import type { Sample } from './input'
import type { LineParts } from './line-parts'
import type { LinePreview, LineProblem, PreviewColumn, PreviewRow, PreviewStep } from './line-view'
import { type LiveRow, Places } from './live-row'
import { cellCutter } from './shown-cells'
import { stageMaker } from './stages'
import { stepTitle } from './step-title'

/** Somebody waits; a whole preview takes a few milliseconds. */
const MAX_PREVIEW_MS = 2000
const FIELDS = [...TARGET_FIELDS, LEVEL_FIELD]

type Given = {
  definition: LineDefinition
  sample: Sample
  parts: LineParts
  sandbox: Sandbox | undefined
  problems: LineProblem[]
}

/** What a checked definition makes of sample rows, step by step as far as it has no problem. */
export function previewRows({ definition, sample, parts, sandbox, problems: found }: Given): LinePreview {
  const problems = [...found, ...missingColumns(definition, sample)]
  const end = firstBrokenStep(definition, problems)
  const began = performance.now()
  const places = new Places(sample.header)
  const makeStages = stageMaker(parts, sandbox)
  const cut = cellCutter()
  let live = sample.rows.map((cells, at): LiveRow => ({ at, cells: cells.slice(), isChosen: false }))
  const steps: PreviewStep[] = [
    {
      title: 'Source',
      columns: places.names.map((name) => ({ name, state: 'same' })),
      rows: shown(live, places, new Map(), cut),
    },
  ]
  const rejects: LinePreview['rejects'] = []

  for (let at = 0; at < end; at++) {
    if (performance.now() - began > MAX_PREVIEW_MS) {
      problems.push({
        path: ['steps', at],
        message: 'The steps before take too long to be shown with samples.',
      })
      return { steps, events: [], rejects, problems }
    }
    const before = new Map(live.map((row) => [row.at, row.cells.slice()]))
    const known = places.names.length
    const settled = new Map<number, RowOutcome>()
    const here = live
    for (const stage of makeStages(definition, places, at))
      live = stage(live, (row, outcome) => settled.set(row, outcome))
    for (const [row, outcome] of settled)
      if (outcome.kind === 'rejected') rejects.push({ row, reject: outcome.reject })
    steps.push({
      title: stepTitle(definition.steps[at], at, parts),
      columns: columnsOf(places, known, live, before),
      rows: shown(here, places, settled, cut),
    })
  }
  if (problems.some(({ isWarning }) => !isWarning)) return { steps, events: [], rejects, problems }
  return { steps, ...toEvents(definition, places, live, parts, rejects), problems }
}

function toEvents(
  { target }: LineDefinition,
  places: Places,
  live: readonly LiveRow[],
  { mandants }: LineParts,
  before: LinePreview['rejects'],
): Pick<LinePreview, 'events' | 'rejects'> {
  const fill = compileTarget(target, places.names)
  const events: LinePreview['events'] = []
  const rejects = [...before]
  for (const { at, cells } of live) {
    const values = fill(cells)
    const result = toCollectedEvent(values, { mandants })
    const fields = Object.fromEntries(FIELDS.map((name, n) => [name, values[n] ?? '']))
    if ('event' in result) events.push({ row: at, event: result.event, fields })
    else rejects.push({ row: at, reject: result.reject })
  }
  return { events, rejects: rejects.sort((a, b) => a.row - b.row) }
}

/** Steps from the first broken one on are not done; with a broken source none is. */
function firstBrokenStep({ steps }: LineDefinition, problems: readonly LineProblem[]): number {
  const broken = problems.flatMap(({ path: [part, at], isWarning }) => {
    if (isWarning || part === 'target') return []
    return [part === 'steps' && typeof at === 'number' ? at : 0]
  })
  return Math.min(steps.length, ...broken)
}

function missingColumns({ source }: LineDefinition, { header }: Sample): LineProblem[] {
  return source.attributes.flatMap((name, at): LineProblem[] => {
    if (header.includes(name)) return []
    return [{ path: ['source', 'attributes', at], message: `The sample has no column ${name}.` }]
  })
}

function columnsOf(
  places: Places,
  known: number,
  live: readonly LiveRow[],
  before: ReadonlyMap<number, string[]>,
): PreviewColumn[] {
  return places.names.map((name, place) => {
    if (place >= known) return { name, state: 'added' }
    const isChanged = live.some(({ at, cells }) => cells[place] !== before.get(at)?.[place])
    return { name, state: isChanged ? 'changed' : 'same' }
  })
}

function shown(
  rows: readonly LiveRow[],
  { names }: Places,
  settled: ReadonlyMap<number, RowOutcome>,
  cut: (value: string) => string,
): PreviewRow[] {
  return rows.map(({ at, cells }) => {
    const outcome = settled.get(at)
    const ended = outcome && outcome.kind !== 'event' ? { outcome } : {}
    return { row: at, cells: names.map((_, place) => cut(cells[place] ?? '')), ...ended }
  })
}
