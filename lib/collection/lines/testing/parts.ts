import { type LineDefinition, lineDefinitionSchema } from '@/lib/collection/lines/definition'
import type { LineParts } from '@/lib/collection/lines/line-parts'
import { parseTable } from '@/lib/collection/tables/parse-table'
import type { LoadedTable, TableKind } from '@/lib/collection/tables/table'

/** An id that tells which one it is. */
export const idOf = (number: number) => `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`

/** A table as it is loaded, from CSV. */
export function newTable(number: number, kind: TableKind, content: string): LoadedTable {
  return { id: idOf(number), kind, name: `Table ${number}`, version: 1, ...parseTable(kind, content).content }
}

/** Parts of lines in memory; lines by the numbers of their ids. */
export function newParts(
  given: { tables?: LoadedTable[]; lines?: Record<number, LineDefinition>; mandants?: string[] } = {},
): LineParts {
  const lines = Object.entries(given.lines ?? {}).map(([number, definition]) => ({
    id: idOf(Number(number)),
    name: `Line ${number}`,
    version: 1,
    definition,
  }))
  return {
    tables: new Map((given.tables ?? []).map((table) => [table.id, table])),
    lines: new Map(lines.map((line) => [line.id, line])),
    mandants: new Set(given.mandants ?? ['acme']),
  }
}

/** A target that every row reaches. */
export const WHOLE_TARGET: LineDefinition['target'] = {
  datasource: 'test',
  family: 'test',
  date: '20200914120546',
  whologin: 'ann',
  whorepository: 'ACME',
  whateventcode: 'T-1',
  whateventcodelabel: 'Tested',
  whataction: 'test',
  whatcount: '1',
}

export function newDefinition(
  attributes: string[],
  steps: unknown[],
  target: LineDefinition['target'] = WHOLE_TARGET,
): LineDefinition {
  return lineDefinitionSchema.parse({ source: { attributes }, steps, target })
}
