import { and, eq } from 'drizzle-orm'
import type { Transaction } from '@/db/client'
import { lineVersions } from '@/db/schema/lines'
import { AppError } from '@/lib/errors/app-error'
import { type LineDefinition, lineDefinitionSchema } from './definition'

const MAX_INTEGER = 2 ** 31 - 1

const noSuchVersion = (version: number) => new AppError('not_found', `This line has no version ${version}.`)

/** What a line of the tenant did in one version. Throws `not_found`. */
export async function findVersion(
  tx: Transaction,
  tenantId: string,
  lineId: string,
  version: number,
): Promise<{ version: number; definition: LineDefinition; savedBy: string; savedAt: Date }> {
  const v = lineVersions
  if (version > MAX_INTEGER) throw noSuchVersion(version)
  const [row] = await tx
    .select()
    .from(v)
    .where(and(eq(v.tenantId, tenantId), eq(v.lineId, lineId), eq(v.version, version)))
  if (!row) throw noSuchVersion(version)
  return { ...row, definition: lineDefinitionSchema.parse(row.definition) }
}
