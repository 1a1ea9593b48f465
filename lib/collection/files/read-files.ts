import { and, eq, inArray, ne, type SQL, sql } from 'drizzle-orm'
import type { Transaction } from '@/db/client'
import { collectionRejects, siloFiles, silos } from '@/db/schema/silos'
import type { Reading } from '@/lib/collection/reading/reading'
import type { FileState, FileView } from './file-view'

const f = siloFiles

/** Files that fit, latest first; never those that are still arriving. */
export async function readFiles(
  tx: Transaction,
  tenantId: string,
  { where, limit }: { where: SQL | undefined; limit: number },
): Promise<FileView[]> {
  const rows = await tx
    .select({ file: f, silo: silos.name })
    .from(f)
    .innerJoin(silos, and(eq(silos.tenantId, f.tenantId), eq(silos.id, f.siloId)))
    .where(and(eq(f.tenantId, tenantId), ne(f.state, 'receiving'), where))
    .orderBy(sql`${f.receivedAt} desc, ${f.id} desc`)
    .limit(limit)
  const openRejects = await countOpenRejects(
    tx,
    rows.map(({ file }) => file),
  )
  return rows.map(({ file, silo }) => {
    const { tenantId: _, siloId, readLines, sha256, state, reading, ...rest } = file
    return {
      ...rest,
      silo,
      sha256: sha256?.toString('hex') ?? null,
      state: state as FileState,
      reading: reading as Reading | null,
      openRejects: openRejects.get(file.id) ?? 0,
    }
  })
}

type Row = typeof f.$inferSelect

/** Counted once for all: file by file, each count went through all rejects where one file had most of them. */
async function countOpenRejects(tx: Transaction, files: readonly Row[]): Promise<Map<string, number>> {
  const [first] = files
  if (!first) return new Map()
  const j = collectionRejects
  const ids = files.map(({ id }) => id)
  const siloIds = [...new Set(files.map(({ siloId }) => siloId))]
  const counts = await tx
    .select({ fileId: j.fileId, open: sql<number>`count(*)::int` })
    .from(j)
    .where(
      and(
        eq(j.tenantId, first.tenantId),
        inArray(j.siloId, siloIds),
        inArray(j.fileId, ids),
        eq(j.state, 'open'),
      ),
    )
    .groupBy(j.fileId)
  return new Map(counts.map(({ fileId, open }) => [fileId, open]))
}
