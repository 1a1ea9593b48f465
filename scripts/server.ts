import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import next from 'next'
import { env } from '@/env'
import { recordOpenReads } from '@/lib/audit/note-read'
import { endStreams } from '@/lib/http/open-streams'
import { stampPeerAddresses } from '@/lib/http/peer-address'
import { rootDir } from './build'
import { frontLaneListeners, laneKey } from './front-lane-listeners'

export type RunningServer = { port: number; close(): Promise<void> }

/** How long requests that run may go on after the stop signal. */
const DRAIN_DEADLINE_MS = 10_000

/** A body of a million events over a slow line takes longer than Node's default of five minutes. */
const REQUEST_TIMEOUT_MS = 30 * 60_000

/** Longer than the usual idle time of load balancers (60 s), so that they close first. */
const KEEP_ALIVE_MS = 65_000

/**
 * One HTTP server for everything: requests for the front lane go straight to the handler that the Next route
 * exports too, all others, also other methods on the same paths, to Next.
 */
export async function startServer({ port, dev }: { port: number; dev: boolean }): Promise<RunningServer> {
  const lane = frontLaneListeners()
  stampPeerAddresses()
  const server = createServer({ requestTimeout: REQUEST_TIMEOUT_MS, keepAliveTimeout: KEEP_ALIVE_MS })
  const app = next({ dev, dir: rootDir, port, quiet: !dev, httpServer: server })
  await app.prepare()
  const handleByNext = app.getRequestHandler()
  server.on('request', (request, response) => {
    if (!server.listening) response.shouldKeepAlive = false
    const listener = lane.get(laneKey(request)) ?? handleByNext
    void listener(request, response)
  })
  await listen(server, port)
  return {
    port: (server.address() as AddressInfo).port,
    close: async () => {
      await drain(server)
      await recordOpenReads()
      await app.close()
    },
  }
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      reject(
        error.code === 'EADDRINUSE' ? new Error(`Port ${port} is in use. Set PORT to a free one.`) : error,
      )
    })
    server.listen(port, env.host(), resolve)
  })
}

/** No new connections, open streams end, running requests finish; after the deadline the rest is cut. */
async function drain(server: Server): Promise<void> {
  const closed = new Promise<void>((resolve) => void server.close(() => resolve()))
  const deadline = Date.now() + DRAIN_DEADLINE_MS
  for (let done = false; !done && Date.now() < deadline; ) {
    endStreams()
    server.closeIdleConnections()
    done = await Promise.race([closed.then(() => true), sleep(50, false)])
  }
  server.closeAllConnections()
}
