import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

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

/** A real HTTP server on loopback that does to a sender what receivers do. */
export async function startReceiver(): Promise<Receiver> {
  const received: Received[] = []
  let behaviour = answerWith(200, 'ok')
  let connections = 0
  const server = createServer((raw, response) => {
    const chunks: Buffer[] = []
    raw.on('data', (chunk: Buffer) => chunks.push(chunk))
    raw.on('error', () => {})
    raw.on('end', () => {
      const { url: path = '', method = '', headers } = raw
      const request = { path, method, headers, body: Buffer.concat(chunks).toString() }
      received.push(request)
      behaviour(request, response, raw)
    })
  })
  server.on('connection', () => connections++)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}`,
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
