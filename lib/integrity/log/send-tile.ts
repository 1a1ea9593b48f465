import type { Transaction } from '@/db/client'
import { inTenant } from '@/lib/access/in-tenant'
import { requirePermission } from '@/lib/access/scope'
import { scopeForLog } from '@/lib/access/scope-for-log'
import { AppError } from '@/lib/errors/app-error'
import { createResponse } from '@/lib/http/create-response'
import { writeEntryBundle } from '@/lib/integrity/evidence/entry-bundle'
import { tileKey } from '@/lib/integrity/tree/hash-ranges'
import { TILE_WIDTH, tileWidth } from '@/lib/integrity/tree/tile'
import { parseTilePath, type TileResource } from '@/lib/integrity/tree/tile-path'
import { readEntries } from './read-entries'
import { readPublished } from './read-published'
import { readTiles } from './read-tiles'

/** What a path of the tile layout names never changes: a year, as C2SP tlog-tiles has it cached. */
const IMMUTABLE = 'max-age=31536000, immutable'

/** Undefined beyond what was published, and for entries of which any is gone by retention. */
async function readResource(
  tx: Transaction,
  tenantId: string,
  epoch: number,
  { kind, tile }: TileResource,
): Promise<Uint8Array | undefined> {
  const { size, firstSeq } = await readPublished(tx, tenantId, epoch)
  if (tile.width > tileWidth(tile, size)) return undefined
  if (kind === 'hashes') return (await readTiles(tx, tenantId, [tile])).get(tileKey(tile))
  const start = tile.index * TILE_WIDTH
  if (start < firstSeq) return undefined
  const entries = await readEntries(tx, tenantId, start, start + tile.width)
  return entries.length === tile.width ? writeEntryBundle(entries) : undefined
}

/** `GET /log/{logId}/tile/…`: a tile, or the entries under one of level 0 (C2SP tlog-tiles). */
export async function sendTile(request: Request, logId: string, path: string): Promise<Response> {
  const { scope, epoch, isPublic } = await scopeForLog(request.headers, logId, 'tree')
  if (!isPublic) requirePermission(scope, 'events:read')
  const resource = parseTilePath(path)
  const data = resource && (await inTenant(scope, (tx) => readResource(tx, scope.tenantId, epoch, resource)))
  if (!data) {
    const message = `This log has no ${path.slice(0, 100)}: it is beyond its size, or its events are gone by retention.`
    throw new AppError('not_found', message)
  }
  return createResponse(data as BodyInit, {
    status: 200,
    headers: {
      'content-type': 'application/octet-stream',
      'cache-control': `${isPublic ? 'public' : 'private'}, ${IMMUTABLE}`,
    },
  })
}
