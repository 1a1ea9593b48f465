import { promisify } from 'node:util'
import { gunzip } from 'node:zlib'
import { and, desc, eq, lte } from 'drizzle-orm'
import { siloFileChunks, siloFiles } from '@/db/schema/silos'
import { inTenant } from '@/lib/access/in-tenant'
import { requirePermission, type TenantScope } from '@/lib/access/scope'
import { AppError } from '@/lib/errors/app-error'
import { isFile, noSuchFile } from './find-file'
import { PIECE_BYTES } from './limits'

const unpack = promisify(gunzip)

/** Of the content of a file, the byte after the last one. */
async function readSize(scope: TenantScope, fileId: string): Promise<number> {
  const f = siloFiles
  const [file] = await inTenant(scope, (tx) =>
    tx.select({ bytes: f.bytes, forgottenAt: f.forgottenAt }).from(f).where(isFile(scope.tenantId, fileId)),
  )
  if (!file) throw noSuchFile()
  if (file.forgottenAt)
    throw new AppError('conflict', 'The content of this file is not kept any more. Hand the file over again.')
  return file.bytes
}

/** The piece of the content that the byte is in. */
async function readPiece(
  scope: TenantScope,
  fileId: string,
  byte: number,
): Promise<{ startByte: number; content: Buffer }> {
  const c = siloFileChunks
  const [piece] = await inTenant(scope, (tx) =>
    tx
      .select({ startByte: c.startByte, data: c.data })
      .from(c)
      .where(and(eq(c.tenantId, scope.tenantId), eq(c.fileId, fileId), lte(c.startByte, byte)))
      .orderBy(desc(c.startByte))
      .limit(1),
  )
  if (!piece) throw new AppError('conflict', 'The file was removed while it was being read.')
  const content = await unpack(piece.data, { maxOutputLength: PIECE_BYTES })
  if (piece.startByte + content.length <= byte)
    throw new AppError('conflict', 'The file was removed while it was being read.')
  return { startByte: piece.startByte, content }
}

/**
 * A file's content from a byte on, in pieces of at most 1 MiB; the next one is read while the one before is used, so
 * three are in memory. Throws `not_found`, and `conflict` where the content is forgotten or goes away meanwhile.
 */
export async function* readFileBytes(
  scope: TenantScope,
  fileId: string,
  fromByte = 0,
): AsyncGenerator<Buffer, void> {
  requirePermission(scope, 'collection:read')
  const bytes = await readSize(scope, fileId)
  if (fromByte >= bytes) return
  let reading = readPiece(scope, fileId, fromByte)
  for (let at = fromByte; at < bytes; ) {
    const { startByte, content } = await reading
    const piece = content.subarray(at - startByte)
    at += piece.length
    if (at < bytes) {
      reading = readPiece(scope, fileId, at)
      // Met by the next `await`; until then, or if nobody reads on, it must not count as unhandled.
      reading.catch(() => {})
    }
    yield piece
  }
}
