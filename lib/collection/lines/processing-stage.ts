import { toAttributeMapping } from '@/lib/collection/processing/attribute-mapping'
import { compileProcessing } from '@/lib/collection/processing/compile-processing'
import { toEventProperties } from '@/lib/collection/processing/event-properties'
import { PROCESSED_ATTRIBUTES } from '@/lib/collection/processing/processed-attributes'
import type { LoadedTable } from '@/lib/collection/tables/table'
import type { Step } from './definition'
import type { LiveRow, Places, Stage } from './live-row'

const FILTERED = { kind: 'filtered' } as const

/** The fast path: `log_…` attributes by the two tables. */
export function processingStage(
  step: Extract<Step, { kind: 'processing' }>,
  properties: LoadedTable,
  mapping: LoadedTable,
  places: Places,
): Stage {
  const process = compileProcessing(toEventProperties(properties), toAttributeMapping(mapping), {
    attributes: places.names,
    eventIdAttribute: step.eventIdAttribute,
    unknown: step.unknown,
    mappingName: mapping.name,
  })
  const width = places.names.length
  const targets = PROCESSED_ATTRIBUTES.map((name) => places.add(name))
  const isBehind = targets.every((place, n) => place === width + n)

  return (rows, settle) => {
    const stay: LiveRow[] = []
    for (const row of rows) {
      const values = process(row.cells)
      if (values === 'filtered') settle(row.at, FILTERED)
      else if (!Array.isArray(values)) settle(row.at, { kind: 'rejected', reject: values })
      else {
        if (isBehind && row.cells.length === width) row.cells = row.cells.concat(values)
        else for (let n = 0; n < targets.length; n++) row.cells[targets[n] as number] = values[n] as string
        stay.push(row)
      }
    }
    return stay
  }
}
