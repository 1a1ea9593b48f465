import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { gunzipSync } from 'node:zlib'
import type { ServerIdentity } from './authority'

/** `body` is uncompressed. */
export type Received = { path: string; method: string; headers: IncomingHttpHeaders; body: string }
export type Behaviour = (request: Received, response: ServerResponse, raw: IncomingMessage) => unknown

export type Receiver = {
  url: string
  port: number
  /** Every request whose body arrived, in order, whatever was answered. */
  received: Received[]
  /** How the next requests are answered; 200 `ok` from the start. */
  answer(behaviour: Behaviour): void
  connections(): number
  close(): Promise<void>
}

export const answerWith =
  (status: number, body = '', headers: Record<string, string> = {}): Behaviour =>
  (_request, response) =>
    response.writeHead(status, headers).end(body)

/** Takes the request and says nothing until the client gives up. */
export const hang: Behaviour = () => {}

/** Cuts the connection instead of answering. */
export const reset: Behaviour = (_request, _response, raw) => raw.socket.resetAndDestroy()

/** A real HTTP server on loopback that does to a sender what receivers do; with a certificate it speaks TLS. */
export async function startReceiver({
  tls,
  host = '127.0.0.1',
}: {
  tls?: ServerIdentity
  host?: string
} = {}): Promise<Receiver> {
  const received: Received[] = []
  let behaviour = answerWith(200, 'ok')
  let connections = 0
  const serve = (raw: IncomingMessage, response: ServerResponse) => {
    const chunks: Buffer[] = []
    raw.on('data', (chunk: Buffer) => chunks.push(chunk))
    raw.on('error', () => {})
    raw.on('end', () => {
      const { url: path = '', method = '', headers } = raw
      const bytes = Buffer.concat(chunks)
      const body = headers['content-encoding'] === 'gzip' ? gunzipSync(bytes) : bytes
      const request = { path, method, headers, body: body.toString() }
      received.push(request)
      behaviour(request, response, raw)
    })
  }
  const server = tls ? createTlsServer(tls, serve) : createServer(serve)
  server.on('connection', () => connections++)
  await new Promise<void>((resolve) => server.listen(0, host, resolve))
  const { port } = server.address() as AddressInfo
  return {
    url: `${tls ? 'https' : 'http'}://127.0.0.1:${port}`,
    port,
    received,
    answer: (next) => {
      behaviour = next
    },
    connections: () => connections,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}
