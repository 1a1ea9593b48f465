import { and, eq, inArray } from 'drizzle-orm'
import type { Transaction } from '@/db/client'
import { lines, lineTables } from '@/db/schema/lines'
import { collectionRuns } from '@/db/schema/silos'
import { inTenant } from '@/lib/access/in-tenant'
import type { TenantScope } from '@/lib/access/scope'
import { compileLine } from '@/lib/collection/lines/compile-line'
import type { CompiledLine, LineVersions } from '@/lib/collection/lines/compiled-line'
import { AppError } from '@/lib/errors/app-error'
import type { LeasedRun } from './lease-run'
import { changeRun } from './run-files'
import type { RunVersions, UsedVersion } from './run-view'

/** Makes the silo's line ready, and keeps its versions with the run. Throws `invalid` where it can't run. */
export async function openLine(scope: TenantScope, run: LeasedRun): Promise<CompiledLine> {
  if (run.silo.lineId === null)
    throw new AppError(
      'invalid',
      `The silo ${run.silo.name} has no line any more. Choose one, then run it again.`,
    )
  const line = await compileLine(scope, run.silo.lineId)
  try {
    await inTenant(scope, (tx) => keepVersions(tx, scope, run, line.versions))
    return line
  } catch (error) {
    line.close()
    throw error
  }
}

async function keepVersions(
  tx: Transaction,
  scope: TenantScope,
  run: LeasedRun,
  used: LineVersions,
): Promise<void> {
  const { tenantId } = scope
  const [before] = await tx
    .select({ versions: collectionRuns.versions })
    .from(collectionRuns)
    .where(and(eq(collectionRuns.tenantId, tenantId), eq(collectionRuns.id, run.id)))
  const known = before?.versions as RunVersions | null | undefined
  const versions: RunVersions = {
    lines: merge(known?.lines, await named(tx, tenantId, lines, used.lines)),
    tables: merge(known?.tables, await named(tx, tenantId, lineTables, used.tables)),
  }
  await changeRun(tx, scope, run, { versions })
}

async function named(
  tx: Transaction,
  tenantId: string,
  table: typeof lines | typeof lineTables,
  versions: Readonly<Record<string, number>>,
): Promise<UsedVersion[]> {
  const ids = Object.keys(versions)
  if (ids.length === 0) return []
  const rows = await tx
    .select({ id: table.id, name: table.name })
    .from(table)
    .where(and(eq(table.tenantId, tenantId), inArray(table.id, ids)))
    .orderBy(table.name)
  return rows.map(({ id, name }) => ({ id, name, version: versions[id] as number }))
}

/** What was used before a change on the way stays named. */
function merge(before: UsedVersion[] = [], now: UsedVersion[]): UsedVersion[] {
  const isSame = (a: UsedVersion, b: UsedVersion) => a.id === b.id && a.version === b.version
  return [...before.filter((old) => !now.some((one) => isSame(one, old))), ...now]
}
