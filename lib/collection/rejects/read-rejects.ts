import { and, asc, eq, type SQL } from 'drizzle-orm'
import type { Transaction } from '@/db/client'
import { collectionRejects, siloFiles, silos } from '@/db/schema/silos'
import type { TenantScope } from '@/lib/access/scope'
import type { RejectCode } from '@/lib/collection/reject'
import { readSilo } from '@/lib/collection/silos/find-silo'
import type { WhichRejects } from './input'
import { behindPlace, findPageEnd, type RejectPlace, throughPlace } from './page-end'
import type { RejectView } from './reject-view'

const j = collectionRejects

/** The condition on rows of `collection_rejects`. Throws `not_found` for a silo that isn't there. */
export async function whichRejects(
  tx: Transaction,
  scope: TenantScope,
  { silo, run, file, state, code }: WhichRejects,
): Promise<SQL | undefined> {
  return and(
    eq(j.tenantId, scope.tenantId),
    silo === undefined ? undefined : eq(j.siloId, (await readSilo(tx, scope, silo)).id),
    run === undefined ? undefined : eq(j.runId, run),
    file === undefined ? undefined : eq(j.fileId, file),
    state === undefined ? undefined : eq(j.state, state),
    code === undefined ? undefined : eq(j.code, code),
  )
}

/** Rejects behind a place, in their order: so many at most, and fewer where their texts are long. `next` where there are more. */
export async function readRejects(
  tx: Transaction,
  where: SQL | undefined,
  after: RejectPlace | undefined,
  limit: number,
): Promise<{ rejects: RejectView[]; next: RejectPlace | undefined }> {
  const page = await findPageEnd(tx, where, after, limit)
  if (!page) return { rejects: [], next: undefined }
  const rows = await tx
    .select({ reject: j, silo: silos.name, fileName: siloFiles.name })
    .from(j)
    .innerJoin(silos, and(eq(silos.tenantId, j.tenantId), eq(silos.id, j.siloId)))
    .innerJoin(siloFiles, and(eq(siloFiles.tenantId, j.tenantId), eq(siloFiles.id, j.fileId)))
    .where(and(where, behindPlace(after), throughPlace(page.end)))
    .orderBy(asc(j.fileId), asc(j.line))
    .limit(limit)
  return { rejects: rows.map(toView), next: page.isLast ? undefined : page.end }
}

type Row = { reject: typeof j.$inferSelect; silo: string; fileName: string }

function toView({ reject, silo, fileName }: Row): RejectView {
  return {
    silo,
    file: { id: reject.fileId, name: fileName },
    line: reject.line,
    runId: reject.runId,
    code: reject.code as RejectCode,
    reason: reject.reason,
    column: reject.columnName,
    value: reject.value,
    raw: reject.raw,
    state: reject.state,
    rejectedAt: reject.rejectedAt,
    settledAt: reject.settledAt,
  }
}
