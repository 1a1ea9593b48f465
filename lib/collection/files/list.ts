import { and, eq, sql } from 'drizzle-orm'
import { siloFiles } from '@/db/schema/silos'
import { inTenant } from '@/lib/access/in-tenant'
import { requirePermission, type TenantScope } from '@/lib/access/scope'
import { readSilo } from '@/lib/collection/silos/find-silo'
import { parseInput } from '@/lib/errors/parse-input'
import { decodeMomentCursor, encodeMomentCursor } from '@/lib/forwarding/moment-cursor'
import type { FileView } from './file-view'
import { type ListFiles, listFilesSchema } from './input'
import { readFiles } from './read-files'

export type FilePage = { files: FileView[]; next: string | null }

/** Files of a silo, those that came last first. Throws `not_found`, and `invalid` for a cursor of another list. */
export async function listFiles(scope: TenantScope, input: ListFiles): Promise<FilePage> {
  requirePermission(scope, 'collection:read')
  const { silo: name, state, after, limit } = parseInput(listFilesSchema, input)
  const f = siloFiles
  const place = after === undefined ? undefined : decodeMomentCursor(after)
  return inTenant(scope, async (tx) => {
    const silo = await readSilo(tx, scope, name)
    const where = and(
      eq(f.siloId, silo.id),
      state && eq(f.state, state),
      place && sql`(${f.receivedAt}, ${f.id}) < (${place.at.toISOString()}::timestamptz, ${place.id}::uuid)`,
    )
    const found = await readFiles(tx, scope.tenantId, { where, limit: limit + 1 })
    const files = found.slice(0, limit)
    const last = files.at(-1)
    const hasMore = found.length > limit && last !== undefined
    return { files, next: hasMore ? encodeMomentCursor({ at: last.receivedAt, id: last.id }) : null }
  })
}
