import type { Step } from './definition'
import type { LineParts } from './line-parts'

/** A step in a few words, with the names of what it uses. */
export function stepTitle(step: Step | undefined, at: number, { tables, lines }: LineParts): string {
  return `${at + 1}. ${step ? words(step, tables, lines) : ''}`
}

function words(step: Step, tables: LineParts['tables'], lines: LineParts['lines']): string {
  const nameOf = (id: string) => tables.get(id)?.name ?? 'a table'
  switch (step.kind) {
    case 'update':
      return `Update ${step.set.map(({ attribute }) => attribute).join(', ')}`
    case 'join':
      return `Join with ${nameOf(step.tableId)}`
    case 'filter':
      return 'Filter'
    case 'processing':
      return `Log processing with ${nameOf(step.mappingId)}`
    case 'line':
      return `Line ${lines.get(step.lineId)?.name ?? 'that is gone'}`
  }
}
