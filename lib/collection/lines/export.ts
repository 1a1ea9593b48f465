import { and, eq, inArray } from 'drizzle-orm'
import type { Transaction } from '@/db/client'
import { lines, lineTables } from '@/db/schema/lines'
import { inTenant } from '@/lib/access/in-tenant'
import { requirePermission, type TenantScope } from '@/lib/access/scope'
import { findVersion as findTableVersion } from '@/lib/collection/tables/find-version'
import { noSuchLine } from './find-line'
import { findVersion } from './find-version'
import type { GetLine } from './input'
import { LINE_FILE_FORMAT, type LineFile } from './line-file'
import { readSubLines, tablesOf } from './line-parts'
import { readLines } from './read-lines'

/**
 * A line as one file, with the lines that it calls and their tables, all in their newest versions. Throws `not_found`.
 */
export async function exportLine(scope: TenantScope, { id, version }: GetLine): Promise<LineFile> {
  requirePermission(scope, 'collection:read')
  const { tenantId } = scope
  return inTenant(scope, async (tx) => {
    const [view] = await readLines(tx, tenantId, id)
    if (!view) throw noSuchLine()
    const { definition } = await findVersion(tx, tenantId, id, version ?? view.version)
    const called = [...(await readSubLines(tx, tenantId, definition)).values()]
    const notes = await readNotes(
      tx,
      tenantId,
      called.map((line) => line.id),
    )
    const used = [definition, ...called.map((line) => line.definition)].flatMap(tablesOf)
    return {
      format: LINE_FILE_FORMAT,
      line: { name: view.name, note: view.note, definition },
      lines: called.map((line) => ({
        id: line.id,
        name: line.name,
        note: notes.get(line.id) ?? '',
        definition: line.definition,
      })),
      tables: await readTables(tx, tenantId, used),
    }
  })
}

async function readNotes(tx: Transaction, tenantId: string, ids: string[]): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map()
  const rows = await tx
    .select({ id: lines.id, note: lines.note })
    .from(lines)
    .where(and(eq(lines.tenantId, tenantId), inArray(lines.id, ids)))
  return new Map(rows.map(({ id, note }) => [id, note]))
}

async function readTables(tx: Transaction, tenantId: string, used: string[]): Promise<LineFile['tables']> {
  if (used.length === 0) return []
  const t = lineTables
  const rows = await tx
    .select({ id: t.id, kind: t.kind, name: t.name, note: t.note, version: t.version })
    .from(t)
    .where(and(eq(t.tenantId, tenantId), inArray(t.id, [...new Set(used)])))
    .orderBy(t.name)
  const tables: LineFile['tables'] = []
  for (const { version, ...row } of rows) {
    const { content } = await findTableVersion(tx, tenantId, row.id, version)
    tables.push({ ...row, content })
  }
  return tables
}
