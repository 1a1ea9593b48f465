import { and, eq, inArray, isNull } from 'drizzle-orm'
import type { Transaction } from '@/db/client'
import { lines } from '@/db/schema/lines'
import { inTenant } from '@/lib/access/in-tenant'
import { requirePermission, type TenantScope } from '@/lib/access/scope'
import { openSandbox, PREVIEW_SPARES } from '@/lib/collection/sandbox/sandbox'
import { AppError } from '@/lib/errors/app-error'
import { canonicalJson } from '@/lib/integrity/jcs'
import { readMandants } from '@/lib/workspaces/read-mandants'
import { changeLine } from './change-line'
import { checkDefinition } from './check-definition'
import type { LineDefinition } from './definition'
import type { LineRow } from './find-line'
import { findVersion } from './find-version'
import { differs, importTable, lockTablesNamed } from './import-tables'
import { insertLine } from './insert-line'
import { requireNoProblem } from './invalid-line'
import type { ImportLine, LineFile } from './line-file'
import { loadParts, subLinesOf, tablesOf } from './line-parts'

/** What an import added and changed: `line Windows`, `table Mapping`. */
export type Imported = { id: string; created: string[]; updated: string[] }

type FileLine = { id?: string; name: string; note: string; definition: LineDefinition }

/**
 * Takes in a line from a file, with its tables and the lines that it calls, all or nothing. What is here already under
 * the same name stays where it is the same, else gets a new version if `replaces` says so. Throws `invalid` with what is
 * wrong with a line or table, and `conflict` where something of a name is here that may not be replaced.
 */
export async function importLine(scope: TenantScope, { file, replaces }: ImportLine): Promise<Imported> {
  requirePermission(scope, 'collection:manage')
  const ordered = inOrder(file)
  const mandants = await readMandants(scope)
  const sandbox = await openSandbox(PREVIEW_SPARES)
  try {
    return await inTenant(scope, async (tx) => {
      const imported: Imported = { id: '', created: [], updated: [] }
      const here = await lockLinesNamed(
        tx,
        scope.tenantId,
        ordered.map(({ name }) => name),
      )
      const tables = await lockTablesNamed(
        tx,
        scope.tenantId,
        file.tables.map(({ name }) => name),
      )
      const ids = new Map<string, string>()
      for (const table of file.tables) {
        const options = { replaces, mandants, imported }
        ids.set(table.id, await importTable(tx, scope, table, tables.get(table.name), options))
      }
      for (const line of ordered) {
        const definition = withIds(line, ids)
        const present = here.get(line.name)
        const parts = await loadParts(tx, scope.tenantId, definition, mandants)
        requireNoProblem(
          `The line ${line.name}`,
          checkDefinition(definition, { parts, sandbox }, present?.id),
        )
        imported.id = await importOne(tx, scope, { ...line, definition }, present, { replaces, imported })
        if (line.id) ids.set(line.id, imported.id)
      }
      return imported
    })
  } finally {
    sandbox.close()
  }
}

async function importOne(
  tx: Transaction,
  scope: TenantScope,
  line: FileLine,
  present: LineRow | undefined,
  { replaces, imported }: { replaces: boolean; imported: Imported },
): Promise<string> {
  if (!present) {
    imported.created.push(`line ${line.name}`)
    return (await insertLine(tx, scope, line)).id
  }
  const { definition } = await findVersion(tx, scope.tenantId, present.id, present.version)
  if (canonicalJson(definition) === canonicalJson(line.definition)) return present.id
  if (!replaces) throw differs(`line ${line.name}`)
  imported.updated.push(`line ${line.name}`)
  await changeLine(tx, scope, present, { definition: line.definition })
  return present.id
}

async function lockLinesNamed(
  tx: Transaction,
  tenantId: string,
  names: string[],
): Promise<Map<string, LineRow>> {
  const rows = await tx
    .select()
    .from(lines)
    .where(and(eq(lines.tenantId, tenantId), inArray(lines.name, names), isNull(lines.removedAt)))
    .orderBy(lines.id)
    .for('no key update')
  return new Map(rows.map((row) => [row.name, row]))
}

/** The file's lines, called ones before those that call them; the line itself is the last. */
function inOrder({ line, lines: called }: LineFile): FileLine[] {
  const ordered: FileLine[] = []
  const visit = (one: FileLine, above: readonly FileLine[]) => {
    if (ordered.includes(one)) return
    if (above.includes(one))
      throw new AppError(
        'invalid',
        `The lines of this file call each other in a circle: ${one.name} calls itself.`,
      )
    for (const id of subLinesOf(one.definition)) {
      const inner = called.find((other) => other.id === id)
      if (inner) visit(inner, [...above, one])
    }
    ordered.push(one)
  }
  visit(line, [])
  return ordered
}

/** The same with the ids that its tables and lines have here. */
function withIds({ name, definition }: FileLine, ids: ReadonlyMap<string, string>): LineDefinition {
  for (const id of [...tablesOf(definition), ...subLinesOf(definition)])
    if (!ids.has(id))
      throw new AppError(
        'invalid',
        `The file lacks a table or line that the line ${name} uses. Export it again.`,
      )
  const here = (id: string) => ids.get(id) ?? id
  const steps = definition.steps.map((step) => {
    if (step.kind === 'join') return { ...step, tableId: here(step.tableId) }
    if (step.kind === 'line') return { ...step, lineId: here(step.lineId) }
    if (step.kind !== 'processing') return step
    return { ...step, propertiesId: here(step.propertiesId), mappingId: here(step.mappingId) }
  })
  return { ...definition, steps }
}
