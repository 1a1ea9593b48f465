import { and, asc, type SQL, sql } from 'drizzle-orm'
import type { Transaction } from '@/db/client'
import { collectionRejects } from '@/db/schema/silos'

const j = collectionRejects

/** A place among rejects: they are in the order of their files and lines. */
export type RejectPlace = { fileId: string; line: number }

/** Texts of a page together: a row has up to 1 MiB, and a page is held in memory several times on its way. */
const MAX_PAGE_BYTES = 4 * 1024 * 1024

export const behindPlace = (after: RejectPlace | undefined): SQL | undefined =>
  after && sql`(${j.fileId}, ${j.line}) > (${after.fileId}::uuid, ${after.line}::bigint)`

/** Where a page ends that has so many rows at most, and not many more bytes than a page may have; undefined where nothing is left. */
export async function findPageEnd(
  tx: Transaction,
  where: SQL | undefined,
  after: RejectPlace | undefined,
  maxRows: number,
): Promise<{ end: RejectPlace; isLast: boolean } | undefined> {
  const sized = await tx
    .select({
      fileId: j.fileId,
      line: j.line,
      // Stands in front of the text, so nothing is unpacked for it.
      bytes: sql<number>`coalesce(octet_length(${j.raw}), 0)`,
    })
    .from(j)
    .where(and(where, behindPlace(after)))
    .orderBy(asc(j.fileId), asc(j.line))
    .limit(maxRows + 1)
  let rows = 0
  for (let bytes = 0; rows < Math.min(maxRows, sized.length) && bytes < MAX_PAGE_BYTES; rows++)
    bytes += sized[rows]?.bytes ?? 0
  const last = sized[rows - 1]
  return last && { end: { fileId: last.fileId, line: last.line }, isLast: rows === sized.length }
}

/** Rows through a place. */
export const throughPlace = (end: RejectPlace): SQL =>
  sql`(${j.fileId}, ${j.line}) <= (${end.fileId}::uuid, ${end.line}::bigint)`
