import { and, asc, eq, inArray, isNull, max, ne, sql } from 'drizzle-orm'
import type { Transaction } from '@/db/client'
import { lines } from '@/db/schema/lines'
import { collectionRejects, collectionRuns, siloFiles, silos } from '@/db/schema/silos'
import type { TenantScope } from '@/lib/access/scope'
import type { Origin } from '@/lib/collection/origins/origin'
import { shownOrigin } from '@/lib/collection/origins/shown-origin'
import type { ReadingChoice } from '@/lib/collection/reading/reading'
import { readRuns } from '@/lib/collection/runs/read-runs'
import type { RunView } from '@/lib/collection/runs/run-view'
import type { SiloView } from './silo-view'

/** Silos of the workspace by name, or the one that is meant. */
export async function readSilos(
  tx: Transaction,
  scope: TenantScope,
  { id, name }: { id?: string; name?: string } = {},
): Promise<SiloView[]> {
  const { tenantId } = scope
  const rows = await tx
    .select({ silo: silos, lineName: lines.name })
    .from(silos)
    .leftJoin(lines, and(eq(lines.tenantId, silos.tenantId), eq(lines.id, silos.lineId)))
    .where(
      and(
        eq(silos.tenantId, tenantId),
        isNull(silos.removedAt),
        id === undefined ? undefined : eq(silos.id, id),
        name === undefined ? undefined : eq(silos.name, name),
      ),
    )
    .orderBy(asc(silos.name))
  if (rows.length === 0) return []
  const ids = rows.map(({ silo }) => silo.id)
  const files = await countFiles(tx, tenantId, ids)
  const rejects = await countOpenRejects(tx, tenantId, ids)
  const runs = await latestRuns(tx, tenantId, ids)
  const manages = scope.permissions.has('collection:manage')
  return rows.map(({ silo, lineName }) => {
    const { secretEnc, lineId, tenantId: _, removedAt, quietToldAt, ...rest } = silo
    const { lastFileAt = null, ...counted } = files.get(silo.id) ?? { waiting: 0, failed: 0, total: 0 }
    const origin = silo.origin as Origin
    return {
      ...rest,
      line: lineId !== null && lineName !== null ? { id: lineId, name: lineName } : null,
      origin: manages ? origin : shownOrigin(origin),
      hasSecret: secretEnc !== null,
      reading: silo.reading as ReadingChoice,
      files: counted,
      lastFileAt,
      openRejects: rejects.get(silo.id) ?? 0,
      lastRun: runs.get(silo.name) ?? null,
    }
  })
}

type Counted = SiloView['files'] & { lastFileAt?: Date | null }

async function countFiles(tx: Transaction, tenantId: string, ids: string[]): Promise<Map<string, Counted>> {
  const f = siloFiles
  const found = await tx
    .select({
      id: f.siloId,
      waiting: sql<number>`(count(*) filter (where ${inArray(f.state, ['new', 'collecting'])}))::int`,
      failed: sql<number>`(count(*) filter (where ${eq(f.state, 'failed')}))::int`,
      total: sql<number>`count(*)::int`,
      lastFileAt: max(f.receivedAt),
    })
    .from(f)
    .where(and(eq(f.tenantId, tenantId), inArray(f.siloId, ids), ne(f.state, 'receiving')))
    .groupBy(f.siloId)
  return new Map(found.map(({ id, ...counted }) => [id, counted]))
}

async function countOpenRejects(
  tx: Transaction,
  tenantId: string,
  ids: string[],
): Promise<Map<string, number>> {
  const r = collectionRejects
  const found = await tx
    .select({ id: r.siloId, open: sql<number>`count(*)::int` })
    .from(r)
    .where(and(eq(r.tenantId, tenantId), inArray(r.siloId, ids), eq(r.state, 'open')))
    .groupBy(r.siloId)
  return new Map(found.map(({ id, open }) => [id, open]))
}

/** The last run of each silo, by the silo's name. */
async function latestRuns(tx: Transaction, tenantId: string, ids: string[]): Promise<Map<string, RunView>> {
  const r = collectionRuns
  const latest = tx
    .selectDistinctOn([r.siloId], { id: r.id })
    .from(r)
    .where(and(eq(r.tenantId, tenantId), inArray(r.siloId, ids)))
    .orderBy(asc(r.siloId), sql`${r.requestedAt} desc`)
  const runs = await readRuns(tx, tenantId, { where: inArray(r.id, latest), limit: ids.length })
  return new Map(runs.map((run) => [run.silo, run]))
}
