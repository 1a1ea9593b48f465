import type { IncomingMessage, RequestListener } from 'node:http'
import { getRequestListener } from '@hono/node-server'
import { setResponseClass } from '@/lib/http/create-response'
import { frontLane } from '@/lib/http/front-lane'
import { problemResponse } from '@/lib/http/problem'

/** Node listeners for every method of every path in the front lane, by `laneKey`. */
export function frontLaneListeners(): Map<string, RequestListener> {
  takeLightResponse()
  const listeners = new Map<string, RequestListener>()
  for (const [path, route] of Object.entries(frontLane)) {
    for (const [method, handler] of Object.entries(route)) {
      const listener = getRequestListener((request) => handler(request, undefined), {
        overrideGlobalObjects: false,
        errorHandler: () =>
          problemResponse(400, 'Invalid request', 'The host or path of this request is not valid.'),
      })
      listeners.set(`${method} ${path}`, (request, response) => void listener(request, response))
    }
  }
  return listeners
}

const FOLDERS = Object.keys(frontLane).filter((path) => path.endsWith('/'))

export function laneKey({ method, url = '' }: IncomingMessage): string {
  const query = url.indexOf('?')
  const path = query < 0 ? url : url.slice(0, query)
  return `${method} ${FOLDERS.find((folder) => path.startsWith(folder)) ?? path}`
}

/**
 * The adapter hands its light Response out only by replacing the global one. Next and Auth.js live in this
 * process too and rely on Node's own (`Response.json() instanceof Response`), so it is put back at once.
 */
function takeLightResponse(): void {
  const { Request, Response } = globalThis
  getRequestListener(() => new Response())
  setResponseClass(globalThis.Response)
  Object.assign(globalThis, { Request, Response })
}
