import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { gzipSync } from 'node:zlib'
import { writeEntryBundle } from '@/lib/integrity/evidence/entry-bundle'
import { eventEntry } from '@/lib/integrity/evidence/event-entry'
import { completedTiles, partialTiles } from '@/lib/integrity/tree/tile'
import { type TileResource, tilePath } from '@/lib/integrity/tree/tile-path'
import type { SampleEvent, SealedLog } from './sealed-log'

const entryOf = ({ body, secrets, id, receivedAt }: SampleEvent) =>
  eventEntry(JSON.parse(body), secrets, id, receivedAt)

/** All that a log serves, by path below its URL. */
export function publishLog(log: SealedLog): Map<string, Buffer> {
  const tiles = log.tree.tiles(log.size)
  const entries = log.events.map(entryOf)
  const resources = new Map<string, Buffer>([['checkpoint', Buffer.from(log.checkpoint())]])
  const full = completedTiles(0, log.size).map((tile) => ({ ...tile, width: 256 }))
  for (const tile of [...full, ...partialTiles(log.size)]) {
    const hashes: TileResource = { kind: 'hashes', tile }
    resources.set(tilePath(hashes), tiles.get(`${tile.level}/${tile.index}`) ?? Buffer.alloc(0))
    if (tile.level > 0) continue
    const start = tile.index * 256
    const bundle = writeEntryBundle(entries.slice(start, start + tile.width))
    resources.set(tilePath({ kind: 'entries', tile }), bundle)
  }
  return resources
}

export type LogServer = { url: string; resources: Map<string, Buffer>; close: () => Promise<void> }

/** A real server on loopback that serves what is in `resources`, for whoever has the token. */
export async function serveLog(log: SealedLog, token?: string): Promise<LogServer> {
  const resources = publishLog(log)
  const base = log.origin.slice(log.origin.indexOf('/'))
  const server: Server = createServer((request, response) => {
    const path = (request.url ?? '').slice(`${base}/`.length)
    const body = resources.get(path)
    if (token && request.headers.authorization !== `Bearer ${token}`) response.writeHead(401).end()
    else if (!body) response.writeHead(404).end()
    else if (path.startsWith('tile/entries/'))
      response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync(body))
    else response.writeHead(200).end(body)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const close = () => new Promise<void>((resolve) => server.close(() => resolve()))
  return { url: `http://127.0.0.1:${port}${base}`, resources, close }
}
