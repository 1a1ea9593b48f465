import { and, eq, inArray, isNull } from 'drizzle-orm'
import type { Transaction } from '@/db/client'
import { lines, lineTables, lineVersions } from '@/db/schema/lines'
import { loadTable } from '@/lib/collection/tables/load'
import type { LoadedTable } from '@/lib/collection/tables/table'
import { type LineDefinition, lineDefinitionSchema } from './definition'

/** A line that was saved, in one of its versions. */
export type SavedLine = { id: string; name: string; version: number; definition: LineDefinition }

/** All that a definition is made of: its tables and the lines that it calls, also those that these call. */
export type LineParts = {
  tables: ReadonlyMap<string, LoadedTable>
  lines: ReadonlyMap<string, SavedLine>
  /** What the field `mandant` may say. */
  mandants: ReadonlySet<string>
}

/** The tables that a definition's own steps name. */
export const tablesOf = ({ steps }: LineDefinition): string[] =>
  steps.flatMap((step) => {
    if (step.kind === 'join') return [step.tableId]
    return step.kind === 'processing' ? [step.propertiesId, step.mappingId] : []
  })

/** The lines that a definition's own steps call. */
export const subLinesOf = ({ steps }: LineDefinition): string[] =>
  steps.flatMap((step) => (step.kind === 'line' ? [step.lineId] : []))

/** The newest versions of lines of the tenant; removed ones are left out. */
export async function readSavedLines(
  tx: Transaction,
  tenantId: string,
  ids: readonly string[],
): Promise<SavedLine[]> {
  if (ids.length === 0) return []
  const [l, v] = [lines, lineVersions]
  const rows = await tx
    .select({ id: l.id, name: l.name, version: l.version, definition: v.definition })
    .from(l)
    .innerJoin(v, and(eq(v.tenantId, l.tenantId), eq(v.lineId, l.id), eq(v.version, l.version)))
    .where(and(eq(l.tenantId, tenantId), inArray(l.id, [...new Set(ids)]), isNull(l.removedAt)))
  return rows.map((row) => ({ ...row, definition: lineDefinitionSchema.parse(row.definition) }))
}

/** The lines that a definition calls, however far away, by their ids. Missing ones are left out; circles do no harm. */
export async function readSubLines(
  tx: Transaction,
  tenantId: string,
  definition: LineDefinition,
): Promise<Map<string, SavedLine>> {
  const found = new Map<string, SavedLine>()
  let wanted = subLinesOf(definition)
  while (wanted.length > 0) {
    const next = await readSavedLines(tx, tenantId, wanted)
    for (const line of next) found.set(line.id, line)
    wanted = next.flatMap((line) => subLinesOf(line.definition)).filter((id) => !found.has(id))
  }
  return found
}

/** Loads everything that a definition names, as it is now. Missing tables and lines are left out. */
export async function loadParts(
  tx: Transaction,
  tenantId: string,
  definition: LineDefinition,
  mandants: ReadonlySet<string>,
): Promise<LineParts> {
  const subLines = await readSubLines(tx, tenantId, definition)
  const wanted = [definition, ...[...subLines.values()].map((line) => line.definition)].flatMap(tablesOf)
  const present = await readPresentTables(tx, tenantId, wanted)
  const tables = new Map<string, LoadedTable>()
  for (const id of present) tables.set(id, await loadTable(tx, tenantId, id))
  return { tables, lines: subLines, mandants }
}

async function readPresentTables(
  tx: Transaction,
  tenantId: string,
  ids: readonly string[],
): Promise<string[]> {
  if (ids.length === 0) return []
  const rows = await tx
    .select({ id: lineTables.id })
    .from(lineTables)
    .where(
      and(
        eq(lineTables.tenantId, tenantId),
        inArray(lineTables.id, [...new Set(ids)]),
        isNull(lineTables.removedAt),
      ),
    )
  return rows.map(({ id }) => id)
}
