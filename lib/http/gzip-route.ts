import { pipeline, Readable } from 'node:stream'
import type { ReadableStream as NodeStream } from 'node:stream/web'
import { constants, createGzip } from 'node:zlib'
import type { ApiRoute, Handler } from './api-route'
import { createResponse } from './create-response'

/** Events repeat their names: level 1 makes a fifth of them, in a quarter of the default level's time. */
const LEVEL = constants.Z_BEST_SPEED

/**
 * The route with answers compressed for who takes gzip. Only for the front lane: Next compresses by itself, and
 * takes the header off that says that somebody else did.
 */
export const gzipRoute = (route: ApiRoute): ApiRoute => ({
  ...route,
  GET: compressed(route.GET),
  POST: compressed(route.POST),
})

function compressed(handler: Handler<unknown>): Handler<unknown> {
  return async (request, context) => {
    const response = await handler(request, context)
    if (!response.ok || !response.body) return response
    const headers = new Headers(response.headers)
    headers.set('vary', 'accept-encoding')
    if (!acceptsGzip(request.headers))
      return createResponse(response.body, { status: response.status, headers })
    headers.set('content-encoding', 'gzip')
    return createResponse(gzipStream(response.body), { status: response.status, headers })
  }
}

/** Whether a client takes gzip (RFC 9110, section 12.5.3). */
export function acceptsGzip(headers: Headers): boolean {
  const codings = (headers.get('accept-encoding') ?? '').toLowerCase().split(',')
  return codings.some((coding) => {
    const [name = '', ...parameters] = coding.split(';').map((part) => part.trim())
    return (name === 'gzip' || name === '*') && !parameters.some((text) => /^q=0(\.0*)?$/.test(text))
  })
}

/** Compressed; an error of the source and the reader's leaving pass through. */
function gzipStream(source: ReadableStream<Uint8Array>): ReadableStream<Uint8Array> {
  const gzip = createGzip({ level: LEVEL })
  // Whatever ends one side ends the other; there is nothing left to do about the error here.
  pipeline(Readable.fromWeb(source as NodeStream<Uint8Array>), gzip, () => {})
  return Readable.toWeb(gzip) as ReadableStream<Uint8Array>
}
