import { and, eq, inArray, isNull } from 'drizzle-orm'
import type { Transaction } from '@/db/client'
import { lines, lineTables, lineVersions } from '@/db/schema/lines'
import type { TenantScope } from '@/lib/access/scope'
import { AppError } from '@/lib/errors/app-error'
import { checkCalls } from './check-calls'
import type { LineDefinition } from './definition'
import { requireNoProblem } from './invalid-line'
import { readSubLines, subLinesOf, tablesOf } from './line-parts'

/** Keeps what a line does as a version of it. Throws `conflict` where a table or line that it names is gone by now. */
export async function insertVersion(
  tx: Transaction,
  scope: TenantScope,
  line: { id: string; version: number; definition: LineDefinition },
): Promise<void> {
  const { tenantId, principal } = scope
  await lockNamed(tx, tenantId, lineTables, tablesOf(line.definition))
  await lockNamed(tx, tenantId, lines, subLinesOf(line.definition))
  await tx.insert(lineVersions).values({
    tenantId,
    lineId: line.id,
    version: line.version,
    definition: line.definition,
    savedBy: principal.login,
  })
}

/**
 * Who removes one waits for us, and then finds that it is in use. Lines are locked less than tables: two that are saved at
 * a time, each calling the other, would wait for each other.
 */
async function lockNamed(
  tx: Transaction,
  tenantId: string,
  table: typeof lineTables | typeof lines,
  ids: readonly string[],
): Promise<void> {
  const wanted = [...new Set(ids)].sort()
  if (wanted.length === 0) return
  const present = await tx
    .select({ id: table.id })
    .from(table)
    .where(and(eq(table.tenantId, tenantId), inArray(table.id, wanted), isNull(table.removedAt)))
    .orderBy(table.id)
    .for(table === lines ? 'key share' : 'share')
  if (present.length < wanted.length)
    throw new AppError(
      'conflict',
      `A ${table === lines ? 'line' : 'table'} that the line names was just removed. Choose another one.`,
    )
}

/** Two who save at a time may close a circle together: whoever holds the trail's counter looks again. */
export async function requireNoCircle(
  tx: Transaction,
  tenantId: string,
  line: { id: string; name: string; definition: LineDefinition },
): Promise<void> {
  const found = await readSubLines(tx, tenantId, line.definition)
  requireNoProblem(`The line ${line.name}`, checkCalls(line.definition, found, line.id))
}
