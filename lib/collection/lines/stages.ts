import type { Sandbox } from '@/lib/collection/sandbox/sandbox'
import type { LoadedTable } from '@/lib/collection/tables/table'
import type { LineDefinition, Step } from './definition'
import { expressionStage, type PlacedOp } from './expression-stage'
import { joinStage } from './join-stage'
import type { LineParts } from './line-parts'
import type { Places, Stage } from './live-row'
import { processingStage } from './processing-stage'
import { subLineStage } from './sub-line-stage'

/** Stages of a definition's steps, or of one of them, for who looks at rows in between. They add to the places. */
export type MakeStages = (definition: LineDefinition, places: Places, only?: number) => Stage[]

/** Makes stages of a line's steps; the definition was checked. Expressions of neighbouring steps share a stage. */
export function stageMaker(parts: LineParts, sandbox: Sandbox | undefined): MakeStages {
  const makeStages: MakeStages = ({ steps }, places, only) => {
    const stages: Stage[] = []
    let pending: PlacedOp[] = []
    const flush = () => {
      if (pending.length > 0) stages.push(expressionStage(pending, places, opened(sandbox)))
      pending = []
    }
    for (const [at, step] of steps.entries()) {
      if (only !== undefined && at !== only) continue
      const where = `Step ${at + 1}`
      pending.push(...opsOf(step).map((op) => ({ op, step: where })))
      if (step.kind === 'update' || step.kind === 'filter') continue
      flush()
      stages.push(tableStage(step, places, where))
    }
    flush()
    return stages
  }

  function tableStage(
    step: Exclude<Step, { kind: 'update' | 'filter' }>,
    places: Places,
    where: string,
  ): Stage {
    if (step.kind === 'join') return joinStage(step, tableOf(step.tableId), places, where)
    if (step.kind === 'processing')
      return processingStage(step, tableOf(step.propertiesId), tableOf(step.mappingId), places)
    const line = parts.lines.get(step.lineId)
    if (!line) throw new Error('a line was not checked: a line that it calls is missing')
    return subLineStage(line, places, makeStages, step.when !== undefined)
  }

  function tableOf(id: string): LoadedTable {
    const table = parts.tables.get(id)
    if (!table) throw new Error('a line was not checked: a table is missing')
    return table
  }

  return makeStages
}

function opsOf(step: Step): PlacedOp['op'][] {
  if (step.kind === 'update')
    return step.set.map(({ attribute, expression }) => ({ kind: 'set', attribute, expression }))
  if (step.kind === 'filter') return [{ kind: 'keep', expression: step.expression }]
  return step.kind === 'line' && step.when !== undefined ? [{ kind: 'test', expression: step.when }] : []
}

function opened(sandbox: Sandbox | undefined): Sandbox {
  if (!sandbox) throw new Error('a line with expressions needs a sandbox')
  return sandbox
}
